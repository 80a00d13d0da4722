//! Types and rules; pure.

pub mod bilingual;
pub mod code;
pub mod fold;
pub mod listing;
pub mod stored;
