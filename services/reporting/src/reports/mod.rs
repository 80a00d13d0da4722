//! The reports, as pages and as files.

mod app;
pub mod domain;
mod grpc;
mod store;
pub mod wire;

pub use grpc::Reports;
