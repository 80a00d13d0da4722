//! What each resource demands of its own. One file per resource.

mod agency;
mod closure;
mod course;
mod destination;
mod people;
mod placement_type;
mod program;
mod reason;
mod service;
mod site;
mod term;

/// Whether an entry becomes active: created, or brought back.
fn becomes_active(before: Option<bool>, after: bool) -> bool {
    after && before != Some(true)
}
