//! SQL, and rows as the domain's types.

pub mod failure;
pub mod session;
