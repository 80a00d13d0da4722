//! The RPCs.

pub mod courses;
pub mod programs;
pub mod terms;
