//! The placement request: its states, its history, its occupancy.

pub mod domain;
