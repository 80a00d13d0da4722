//! Use cases. Each takes the caller's transaction and never commits.

pub mod placement_type;
pub mod reason;
