//! The all-in-one against a real database.

mod backup;
mod demo;
mod operators;
mod start;
