//! SQL and rows. Every function takes the caller's transaction and never commits it.

pub mod cards;
pub mod changes;
pub mod closing;
pub mod copies;
pub mod facts;
pub mod history;
pub mod names;
pub mod occupancy;
pub mod placement_request;
pub mod places;
pub mod request_list;
mod row;
pub mod seen;

pub use chassis::StoreError as Error;
