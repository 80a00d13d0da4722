//! SQL, and rows turned into domain types. Every function takes the caller's transaction and never commits.

pub mod account;
pub mod advisory;
pub mod audit;
pub mod grant;
pub mod person;
pub mod profile;
pub mod session;
pub mod signing_key;
pub mod stray_attempt;

pub use chassis::StoreError;
pub(crate) use chassis::Tx;
