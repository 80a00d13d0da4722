//! The RPCs.

pub mod contacts;
pub mod profile_history;
