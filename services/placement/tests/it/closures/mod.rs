//! Closures of places.

mod affected;
mod places;
