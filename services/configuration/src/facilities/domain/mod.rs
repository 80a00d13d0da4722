//! Types and rules; pure.

pub mod address;
pub mod facility;
pub mod organisation;
pub mod row;
pub mod territory;
pub mod tidy;
