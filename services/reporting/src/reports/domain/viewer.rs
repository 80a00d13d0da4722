//! Who looks, and how far their rights reach.

use directory::model::{Level, Reach, Rights, Role, ScopeKind};
use kernel::{ErrorKind, Problem};

kernel::coded! {
    /// From which side somebody looks. What a side may see of a request is told by placement, with each event.
    Side {
        /// A school.
        School = "PLACING",
        /// A receiving coordinator.
        Coordinator = "RECEIVING",
        /// A destination coordinator.
        Destination = "DESTINATION",
    }
}

/// Somebody who looks at a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// From which side.
    pub side: Side,
    /// How far: a request is within reach if one of its places is. Never empty.
    pub reach: Reach,
}

impl Viewer {
    /// The side of the active role, and those of its grants that mean something on that side.
    ///
    /// # Errors
    /// If the rights hold for no place of the side.
    pub fn of(rights: &Rights) -> Result<Self, OutOfScope> {
        use ScopeKind::{Agency, Destination, Program, Service, Site};
        let (side, kinds): (_, &[_]) = match rights.role {
            Role::PlacingCoordinator => (Side::School, &[Agency, Program]),
            Role::ReceivingCoordinator => (Side::Coordinator, &[Agency, Site, Service]),
            Role::DestinationCoordinator => (Side::Destination, &[Agency, Site, Service, Destination]),
            _ => return Err(OutOfScope),
        };
        let reach = rights.reach(Level::Viewer).only(kinds);
        if reach.is_empty() { Err(OutOfScope) } else { Ok(Self { side, reach }) }
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
