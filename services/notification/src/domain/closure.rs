//! Days on which a place takes no students (domain §5.6), and the mail that tells a school's coordinator of them.

use jiff::civil::Date;
use kernel::{AgencyId, ClosureId, DestinationId, SiteId};
use serde::{Deserialize, Serialize};

/// A closure, as configuration tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// Which.
    pub id: ClosureId,
    /// Where.
    pub place: ClosedPlace,
    /// First day.
    pub start: Date,
    /// Last day, included.
    pub end: Date,
    /// Why.
    pub reason: ClosureReason,
    /// False once withdrawn.
    pub active: bool,
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

/// Why a place takes no students.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosureReason {
    /// Outbreak of an infection.
    Outbreak,
    /// Construction, or a move.
    Construction,
    /// Labour dispute.
    LabourDispute,
    /// Danger to people or premises.
    Security,
    /// Holidays, summer, leave of the staff.
    Holidays,
    /// As the note on its page says.
    Other,
}

/// What placement told of a closure: whose requests it touches, and how many; not which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touches {
    /// Which closure.
    pub closure: ClosureId,
    /// How many requests of the one who is told.
    pub requests: i32,
}

impl ClosureReason {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Outbreak, Self::Construction, Self::LabourDispute, Self::Security, Self::Holidays, Self::Other];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Outbreak => "OUTBREAK",
            Self::Construction => "CONSTRUCTION",
            Self::LabourDispute => "LABOUR_DISPUTE",
            Self::Security => "SECURITY",
            Self::Holidays => "HOLIDAYS",
            Self::Other => "OTHER",
        }
    }

    /// The reason of a code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The key of its text in the catalogues.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Outbreak => "closure-outbreak",
            Self::Construction => "closure-construction",
            Self::LabourDispute => "closure-labour-dispute",
            Self::Security => "closure-security",
            Self::Holidays => "closure-holidays",
            Self::Other => "closure-other",
        }
    }
}
