//! Contract to domain and back; pure.

pub mod filter;
pub mod message;
pub mod text;
