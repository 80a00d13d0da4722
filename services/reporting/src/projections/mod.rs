//! What the events of placement leave here: a row per request.

mod app;
pub mod domain;
mod events;
mod store;
mod wire;

pub use domain::state::State;
pub use events::{EVENTS_OF_REQUESTS, consumers};
pub use wire::{state_from_contract, state_to_contract};
