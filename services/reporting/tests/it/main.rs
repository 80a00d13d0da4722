//! The reporting service against a real database.

mod projections;
mod reports;
mod texts;
mod world;
