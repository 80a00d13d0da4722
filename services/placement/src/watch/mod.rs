//! The stream that tells browsers which requests to read again.

mod app;
mod domain;
mod grpc;
mod tasks;

pub(crate) use app::Watch;
pub(crate) use grpc::watching;
pub(crate) use tasks::{WATCH_REQUESTS, watch_requests};
