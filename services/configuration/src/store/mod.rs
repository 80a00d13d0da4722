//! SQL, and rows as the domain's types. One file per table.

mod agency;
mod closure;
pub mod contact;
mod course;
mod destination;
pub mod holds;
mod placement_type;
pub mod profile_history;
mod program;
mod reason;
mod row;
mod service;
mod site;
pub mod source;
mod table;
mod term;

pub use row::Inconsistent;
pub use table::Table;
