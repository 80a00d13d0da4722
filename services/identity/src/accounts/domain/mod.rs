//! Types and rules; pure.

pub mod account;
pub mod login;
pub mod password;
pub mod state;
