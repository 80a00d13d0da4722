//! One file per RPC group.

pub mod reports;
mod viewer;
