//! The RPCs.

pub mod plumbing;
pub mod server;
