//! Contract to domain and back; pure.

pub mod placement_type;
pub mod reason;
