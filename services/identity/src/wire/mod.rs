//! Contracts to domain and back; pure.

pub mod account;
pub mod event;
pub mod grant;
pub mod person;
pub mod session;
pub mod time;
