//! Places, programs, people and rights, as all services speak of them: pure, so that a service's `domain` may use it.

mod closure;
mod entry;
mod organisation;
mod person;
mod reach;
mod rights;
mod role;
mod schooling;
mod scope;

pub use closure::{ClosedPlace, Closure, ClosureReason};
pub use entry::{Aggregate, Entry};
pub use organisation::{Agency, Destination, Service, Site};
pub use person::Person;
pub use reach::Reach;
pub use rights::{Grant, Rights};
pub use role::{Level, Role, Side};
pub use schooling::{Course, PlacementType, Program, Reason, ReasonUse, Term};
pub use scope::{Place, Scope, ScopeKind};
