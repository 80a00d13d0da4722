//! Contract to domain and back; pure.

pub mod course;
pub mod program;
pub mod term;
