//! SQL, and rows as the domain's types.

pub mod course;
pub mod program;
pub mod term;
