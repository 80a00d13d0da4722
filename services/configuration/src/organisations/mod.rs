//! Agencies, their sites, services and destinations.

mod app;
mod domain;
mod grpc;
mod store;
mod wire;

pub(crate) use domain::{
    address::{Coordinates, PostalCode},
    agency::Agency,
    destination::{Destination, Filter, Shift},
    service::Service,
    site::Site,
};
pub(crate) use store::holds;
pub(crate) use wire::agency::parse_kind;
