//! SQL and rows. Every function takes the caller's transaction and never commits it.

mod filter;
pub mod history;
pub mod list;
pub mod load;
pub mod placement_request;
mod row;
pub mod seen;

pub use chassis::StoreError as Error;

pub(crate) use list::by_state as requests_by_state;
pub(crate) use seen::marks as reading_marks;
