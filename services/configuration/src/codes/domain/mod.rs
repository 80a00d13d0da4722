//! Types and rules; pure.

pub mod placement_type;
pub mod reason;
