//! Use cases. Each takes the caller's transaction and never commits.

pub mod access;
pub mod changes;
pub mod context;
pub mod reads;
pub mod refusal;
pub mod resource;
pub mod rules;
