//! Times in which a place takes nobody.

mod app;
mod domain;
mod grpc;
mod store;
mod wire;

pub(crate) use domain::{Closure, Filter};
