//! What the events of other services leave here: a row per placement request, and the names behind its ids.

mod app;
pub mod domain;
mod events;
mod store;
mod wire;

pub use domain::state::State;
pub use events::consumers;
pub use wire::{state_from_contract, state_to_contract};
