//! SQL, and rows as the domain's types.

pub mod session;
pub mod stray_attempt;
