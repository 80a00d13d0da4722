//! Types and rules; pure.

pub mod code;
pub mod fold;
pub mod listing;
pub mod stored;
