//! Types and rules; pure.

pub mod card;
pub mod contact;
pub mod profile_history;
