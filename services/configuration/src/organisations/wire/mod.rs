//! Contract to domain and back; pure.

pub mod agency;
pub mod destination;
pub mod service;
pub mod site;
