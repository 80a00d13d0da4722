//! Closures of places.

mod affected;
mod places;
pub(crate) use places::{agency, site, unit};
