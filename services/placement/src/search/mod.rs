//! Where students would fit (domain §5.5, §11a).

mod app;
mod domain;
mod store;
mod wire;

pub(crate) use app::SuggestDestinations;
pub(crate) use wire::{find_places, places, suggestions};
