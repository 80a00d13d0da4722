//! Use cases. Each takes the caller's transaction and never commits.

pub mod create_account;
pub mod disable_dormant;
pub mod get_account;
pub mod reset_password;
pub mod set_account_enabled;
