//! Timed work.

pub mod release_held;
pub mod watch_requests;
