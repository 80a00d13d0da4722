//! The aggregate: a request's content, its people, its state, its version.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kernel::{AgencyId, DestinationId, PersonId, PlacementRequestId};

use super::{Content, Delivery, Origin, Place, Reference, Since, State, Status};

kernel::coded! {
    /// Marks that do not change the state (domain §7.7).
    Tag {
        /// It was moved to later dates.
        Postpone = "POSTPONE",
        /// It was agreed for more days than it lasts.
        PartiallyCancelled = "PARTCANC",
    }
}

/// A placement request (domain §7.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementRequest {
    pub id: PlacementRequestId,
    /// What people say on the phone.
    pub reference: Reference,
    /// How it came to be.
    pub origin: Origin,
    /// The school.
    pub placing_agency: AgencyId,
    /// The health organisation of the site.
    pub receiving_agency: AgencyId,
    /// Who made it at the school; nobody for a quick entry.
    pub placing_coordinator: Option<PersonId>,
    /// The service's contact when it last went out; nobody at an agency that is not a user.
    pub receiving_coordinator: Option<PersonId>,
    /// What is asked for.
    pub content: Content,
    /// Where it stands.
    pub state: State,
    /// Marks.
    pub tags: BTreeSet<Tag>,
    /// Whether the receiving side has ever acted on it: from then on it is cancelled, not deleted.
    pub acted_on: bool,
    /// Since when it is in its state.
    pub since: Since,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts its changes from 1.
    pub version: i64,
    /// Counts the changes that the school may see.
    pub school_version: i64,
    /// When the last of those was.
    pub school_updated_at: Timestamp,
    /// How the unit was last asked: what the school sees while the unit's answer is none of its business.
    pub asked: Delivery,
}

impl PlacementRequest {
    /// The state's name.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.state.status()
    }

    /// Where it is received, with the unit that was chosen.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            agency: self.receiving_agency,
            site: self.content.site,
            service: self.content.service,
            destination: self.state.unit().map(|unit| unit.destination),
        }
    }

    /// The unit, chosen or wished for.
    #[must_use]
    pub fn destination(&self) -> Option<DestinationId> {
        self.state.destination()
    }
}
