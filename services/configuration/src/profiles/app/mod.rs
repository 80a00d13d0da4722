//! Use cases. Each takes the caller's transaction and never commits.

pub mod contacts;
pub mod profile_history;
