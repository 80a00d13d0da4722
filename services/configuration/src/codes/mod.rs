//! Placement types and reasons.

mod app;
mod domain;
mod grpc;
mod store;
mod wire;

pub(crate) use domain::{placement_type::PlacementType, reason::Reason};
