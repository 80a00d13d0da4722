//! Types and rules; pure.

pub mod course;
pub mod program;
pub mod term;
