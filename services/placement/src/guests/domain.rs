//! A mailed link, by which somebody without account answers for a unit (domain §12 no. 2).

use kernel::{DestinationId, PersonId, PlacementRequestId};

use directory::model::{self, Grant, Level, Scope};

use crate::requests::{Decision, Misfit, Role, Viewer};

/// A mailed link: which request it is about, whom it was sent to, for which unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkTarget {
    pub id: PlacementRequestId,
    pub agent: PersonId,
    /// The unit.
    pub destination: DestinationId,
}

/// No. 9, by the agent through a mailed link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerByLink {
    pub link: LinkTarget,
    /// Yes or no.
    pub decision: Decision,
    /// Why it does not fit, as far as the one who says yes knows that.
    pub despite: Vec<Misfit>,
    /// The version that was read; `None` takes whatever is stored.
    pub read: Option<i64>,
}

impl LinkTarget {
    /// Whoever holds the link, with the rights that it gives: one request at one unit, as the unit's agent sees it.
    #[must_use]
    pub fn holder(self) -> Viewer {
        let (role, scope) = (model::Role::DestinationCoordinator, Scope::Destination(self.destination));
        let grant = Grant { role, level: Level::Regular, scope };
        Viewer { person: self.agent, role: Role::DestinationCoordinator, grants: vec![grant] }
    }
}
