//! The open data of facilities, taken in as agencies and sites.

mod app;
mod domain;
mod store;

pub use app::{Counts, Rejection, Report, Unreadable, run};
