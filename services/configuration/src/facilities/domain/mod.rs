//! Types and rules; pure.

pub mod facility;
pub mod territory;
pub mod tidy;
