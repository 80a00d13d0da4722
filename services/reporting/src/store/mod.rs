//! SQL of this service's schema.

pub mod name;
pub mod report;
pub mod request;
