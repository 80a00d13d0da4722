//! Use cases. Each takes the caller's transaction and never commits.

pub mod attempt;
pub mod change_password;
pub mod open_session;
pub mod purge;
pub mod refresh_session;
pub mod sign_in;
pub mod sign_out;
