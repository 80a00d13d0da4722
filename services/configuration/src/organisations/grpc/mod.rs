//! The RPCs.

pub mod agencies;
pub mod destinations;
pub mod services;
pub mod sites;
