//! Programs of schools, their courses and terms.

mod app;
mod domain;
mod grpc;
mod store;
mod wire;

pub(crate) use domain::{course::Course, program::Program, term::Term};
