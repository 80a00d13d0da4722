//! Types and rules; pure.

pub mod delays;
pub mod origin;
pub mod session;
pub mod sign_in;
