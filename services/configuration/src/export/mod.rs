//! Every entry, for the copies of other services.

mod app;
mod grpc;
