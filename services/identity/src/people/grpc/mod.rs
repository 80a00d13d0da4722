//! The RPCs.

pub mod export;
pub mod people;
