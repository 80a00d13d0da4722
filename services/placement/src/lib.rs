//! The placement request: its states, its history, its occupancy.
