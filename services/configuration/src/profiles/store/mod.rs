//! SQL, and rows as the domain's types.

pub mod contact;
pub mod profile_history;
