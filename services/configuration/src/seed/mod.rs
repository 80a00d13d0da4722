//! What a province starts with.

mod app;
mod domain;

pub use app::{AddStarterLists, Added};
