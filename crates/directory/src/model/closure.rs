//! Days on which a place takes no students (domain §5.6).

use kernel::{AgencyId, ClosureId, DateRange, DestinationId, SiteId};
use uuid::Uuid;

use super::{Place, Scope};

kernel::coded! {
    /// Why a place takes no students.
    ClosureReason {
        /// Outbreak of an infection.
        Outbreak = "OUTBREAK",
        /// Construction, or a move.
        Construction = "CONSTRUCTION",
        /// Labour dispute.
        LabourDispute = "LABOUR_DISPUTE",
        /// Danger to people or premises.
        Security = "SECURITY",
        /// Holidays, summer, leave of the staff.
        Holidays = "HOLIDAYS",
        /// As its note says, or a reason that a newer configuration knows and this version does not.
        Other = "OTHER",
    }
}

/// What is closed, with everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedPlace {
    /// A health organisation.
    Agency(AgencyId),
    /// A building.
    Site(SiteId),
    /// A unit.
    Destination(DestinationId),
}

/// Days on which a place, and everything below it, takes no students.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// Which.
    pub id: ClosureId,
    /// Where.
    pub place: ClosedPlace,
    /// First and last day.
    pub days: DateRange,
    /// Why.
    pub reason: ClosureReason,
    /// False once withdrawn, as if it had never been.
    pub active: bool,
}

impl ClosedPlace {
    /// The bare id, for SQL.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Agency(id) => id.uuid(),
            Self::Site(id) => id.uuid(),
            Self::Destination(id) => id.uuid(),
        }
    }
}

impl From<ClosedPlace> for Scope {
    fn from(place: ClosedPlace) -> Self {
        match place {
            ClosedPlace::Agency(id) => Self::Agency(id),
            ClosedPlace::Site(id) => Self::Site(id),
            ClosedPlace::Destination(id) => Self::Destination(id),
        }
    }
}

impl Closure {
    /// Whether it is in force on one of `days`, wherever.
    #[must_use]
    pub fn is_in_force_on(&self, days: DateRange) -> bool {
        self.active && self.days.start() <= days.end() && days.start() <= self.days.end()
    }

    /// Whether it is in force at a place on one of `days`.
    #[must_use]
    pub fn touches(&self, place: &Place, days: DateRange) -> bool {
        self.is_in_force_on(days) && Scope::from(self.place).covers(place)
    }
}
