//! The all-in-one against a real database.

mod demo;
mod operators;
mod start;
