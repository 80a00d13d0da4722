//! What is reported, and to whom.

pub mod requests;
pub mod viewer;
