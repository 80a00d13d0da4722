//! People without account, who take part by a mailed link (domain §12).

mod app;
mod domain;
mod grpc;
mod wire;

pub(crate) use grpc::Internal;
