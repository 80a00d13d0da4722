//! Sites, services and destinations, and whom they name.

mod people;
mod places;
