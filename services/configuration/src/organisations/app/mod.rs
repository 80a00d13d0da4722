//! Use cases. Each takes the caller's transaction and never commits.

pub mod agency;
pub mod destination;
pub mod people;
pub mod service;
pub mod site;
