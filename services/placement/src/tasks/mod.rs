//! Timed work.

pub mod release_held;
