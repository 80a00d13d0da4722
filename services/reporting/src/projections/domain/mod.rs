//! What one event says of a request or of a name.

pub mod name;
pub mod request;
pub mod state;
