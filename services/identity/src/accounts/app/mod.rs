//! Use cases. Each takes the caller's transaction and never commits.

pub mod opening;
pub mod states;
