//! SQL, and rows as the domain's types.

pub mod agency;
pub mod destination;
pub mod holds;
pub mod service;
pub mod site;
