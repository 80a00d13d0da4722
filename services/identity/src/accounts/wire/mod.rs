//! Contract to domain and back; pure.

pub mod account;
pub mod time;
