//! Types and rules; pure.

pub mod session;
pub mod sign_in;
