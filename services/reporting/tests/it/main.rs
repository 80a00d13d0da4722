//! The reporting service against a real database.

mod export;
mod input;
mod names;
mod projection;
mod report;
mod scope;
mod texts;
mod world;
