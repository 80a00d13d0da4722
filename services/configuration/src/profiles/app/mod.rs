//! Use cases. Each takes the caller's transaction and never commits.

pub mod list_contacts;
pub mod list_profile_history;
