//! Contract to domain and back; pure.

pub mod event;
pub mod person;
