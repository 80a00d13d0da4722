//! Use cases. Each takes the caller's transaction and never commits.

pub mod course;
pub mod program;
pub mod term;
