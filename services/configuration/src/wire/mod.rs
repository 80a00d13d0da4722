//! Between the domain and the contracts, both ways. Pure.

mod agency;
mod closure;
pub mod contact;
mod course;
mod destination;
mod filter;
mod message;
mod placement_type;
pub mod profile_history;
mod program;
mod reason;
mod service;
mod site;
mod term;
mod text;

pub use filter::Filtered;
pub use message::{Message, code_key, key};
