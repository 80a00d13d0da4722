//! The RPCs.

pub mod rpcs;
pub mod server;
