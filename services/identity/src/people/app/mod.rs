//! Use cases. Each takes the caller's transaction and never commits.

pub mod access;
pub mod announce;
pub mod changes;
pub mod export;
pub mod reads;
