//! How full destinations are, week by week (domain §10).

mod app;
mod domain;
mod store;
mod wire;

pub(crate) use wire::{get_occupancy, occupancy};
