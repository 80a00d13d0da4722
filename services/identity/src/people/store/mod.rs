//! SQL, and rows as the domain's types.

pub mod person;
pub mod profile;
