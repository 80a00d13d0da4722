//! Names behind the ids of a request, so that a list needs no other call.

use kernel::DateRange;
pub use kernel::Text;

/// What a view shows that is not the request's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowContext {
    /// The names behind its ids.
    pub names: Names,
    /// The version at which the reader last opened it or acted on it.
    pub seen: Option<i64>,
    /// The first closure that touches its days where it is to be received.
    pub closed: Option<DateRange>,
}

/// What the ids of a request are called now; empty where the copy does not know yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The school.
    pub placing_agency: String,
    pub program: Text,
    /// The course's code.
    pub course: String,
    /// The health organisation.
    pub receiving_agency: String,
    pub site: String,
    pub service: Text,
    /// The unit.
    pub destination: String,
    /// The school's coordinator.
    pub placing_coordinator: String,
    pub receiving_coordinator: String,
    /// The unit's agent.
    pub destination_coordinator: String,
    pub placement_type: Text,
}
