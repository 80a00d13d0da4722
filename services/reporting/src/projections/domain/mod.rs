//! What one event says of a request.

pub mod request;
pub mod state;
