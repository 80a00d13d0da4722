//! Use cases. Each takes the caller's transaction and never commits.

pub mod create_grant;
pub mod delete_grant;
pub mod list_grants;
