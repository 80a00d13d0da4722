//! SQL, and rows as the domain's types.

pub mod placement_type;
pub mod reason;
