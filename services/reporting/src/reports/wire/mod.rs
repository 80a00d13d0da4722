//! Between the contract and the reports; pure.

pub mod columns;
pub mod requests;
