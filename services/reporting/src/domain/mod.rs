//! What reporting knows of requests, and who may see what of it.

pub mod name;
pub mod report;
pub mod request;
pub mod state;
pub mod viewer;
