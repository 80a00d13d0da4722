//! Use cases. Each takes the caller's transaction and never commits.

pub mod attempt;
pub mod ending;
pub mod refresh;
pub mod sign_in;
