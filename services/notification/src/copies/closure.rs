//! Days on which a place takes no students (domain §5.6).

use jiff::civil::Date;
use kernel::{AgencyId, ClosureId, DestinationId, SiteId};

/// A closure, as configuration tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Closure {
    pub(crate) id: ClosureId,
    pub(crate) place: ClosedPlace,
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) reason: ClosureReason,
    pub(crate) active: bool,
}

/// What is closed, with everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClosedPlace {
    /// A health organisation.
    Agency(AgencyId),
    /// A building.
    Site(SiteId),
    /// A unit.
    Destination(DestinationId),
}

kernel::coded! {
    /// Why a place takes no students.
    ClosureReason {
        /// Outbreak of an infection.
        Outbreak = "OUTBREAK",
        /// Construction, or a move.
        Construction = "CONSTRUCTION",
        LabourDispute = "LABOUR_DISPUTE",
        /// Danger to people or premises.
        Security = "SECURITY",
        /// Holidays, summer, leave of the staff.
        Holidays = "HOLIDAYS",
        /// As the note on its page says.
        Other = "OTHER",
    }
}

impl ClosureReason {
    /// The key of its text in the catalogues.
    pub(crate) const fn key(self) -> &'static str {
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
