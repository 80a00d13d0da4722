//! Contract to domain and back; pure.

pub mod contact;
pub mod profile_history;
