//! One aggregate of another service, of whichever kind.

use super::{Agency, Closure, Course, Destination, Person, PlacementType, Program, Reason, Service, Site, Term};

kernel::coded! {
    /// The kinds of entries, each kept by those who need it.
    Aggregate {
        /// Schools and health organisations.
        Agency = "AGENCY",
        /// Buildings.
        Site = "SITE",
        /// Clinical services.
        Service = "SERVICE",
        /// Units.
        Destination = "DESTINATION",
        /// Closed days.
        Closure = "CLOSURE",
        /// Curricula.
        Program = "PROGRAM",
        /// Practicum courses.
        Course = "COURSE",
        /// Terms.
        Term = "TERM",
        /// Placement types.
        PlacementType = "PLACEMENT_TYPE",
        /// Coded reasons.
        Reason = "REASON",
        /// Staff records.
        Person = "PERSON",
    }
}

/// An entry as its owner last told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Agency(Agency),
    Site(Site),
    Service(Service),
    Destination(Destination),
    Closure(Closure),
    Program(Program),
    Course(Course),
    Term(Term),
    PlacementType(PlacementType),
    Reason(Reason),
    Person(Person),
}
