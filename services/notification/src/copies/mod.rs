//! What mails name of other services' records, as their events tell it; the newest version wins.

mod closure;
mod domain;
mod events;
mod store;
mod wire;

pub(crate) use closure::{Closure, ClosureReason};
pub(crate) use domain::{Names, Person, Reason};
pub(crate) use events::consume;
pub(crate) use store::{
    closure::find as closure, destination::agent, names::of as names, person::find as person,
    reason::offered as offered_reasons,
};

#[cfg(test)]
pub(crate) use closure::ClosedPlace;
