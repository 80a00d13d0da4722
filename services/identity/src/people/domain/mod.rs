//! Types and rules; pure.

pub mod email;
pub mod person;
pub mod profile;
