//! What awaits somebody: counts, each with the filter of the list that holds exactly what it counts.

mod app;
mod domain;
mod wire;

pub(crate) use app::{Counts, GetWorklist};
pub(crate) use wire::worklist;
