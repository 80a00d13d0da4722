//! The RPCs.

pub mod placement_types;
pub mod reasons;
