//! Who looks, and how far their rights reach.

use kernel::{AgencyId, DestinationId, ErrorKind, Problem, ProgramId, ServiceId, SiteId};

/// From which side somebody looks. What a side may see of a request is told by placement, with each event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A school.
    School,
    /// A receiving coordinator.
    Coordinator,
    /// A destination coordinator.
    Destination,
}

/// The places that somebody's rights hold for. A request is within reach if any of its places is named here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// As the school.
    pub placing_agencies: Vec<AgencyId>,
    /// As the program.
    pub programs: Vec<ProgramId>,
    /// As the health organisation.
    pub receiving_agencies: Vec<AgencyId>,
    /// As the site.
    pub sites: Vec<SiteId>,
    /// As the service.
    pub services: Vec<ServiceId>,
    /// As the unit.
    pub destinations: Vec<DestinationId>,
}

impl Reach {
    /// Whether it holds for no place at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Somebody who looks at a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// From which side.
    pub side: Side,
    /// How far.
    pub reach: Reach,
}

impl Viewer {
    /// That there is a place whose requests they may see at all.
    ///
    /// # Errors
    /// If their rights hold for no place of their side.
    pub fn reaches_something(&self) -> Result<(), OutOfScope> {
        if self.reach.is_empty() { Err(OutOfScope) } else { Ok(()) }
    }
}

/// The rights hold for no place that requests are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rights hold for no place of this side")]
pub struct OutOfScope;

impl Problem for OutOfScope {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Forbidden
    }

    fn reason(&self) -> &'static str {
        "OUT_OF_SCOPE"
    }
}

impl Side {
    /// How a statement names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::School => "PLACING",
            Self::Coordinator => "RECEIVING",
            Self::Destination => "DESTINATION",
        }
    }
}
