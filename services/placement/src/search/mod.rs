//! Where students would fit: units for a request, services for whoever looks for a place (domain §5.5, §11a).

mod app;
mod domain;
mod wire;

pub(crate) use app::SuggestDestinations;
pub(crate) use wire::{find_places, places, suggestions};
