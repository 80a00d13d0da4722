//! Types and rules; pure.

pub mod address;
pub mod agency;
pub mod destination;
pub mod service;
pub mod site;
