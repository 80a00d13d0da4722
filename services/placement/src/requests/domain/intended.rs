//! The unit of a request: chosen by the receiving side, or only wished for by the school.

use kernel::{DestinationId, PersonId};

/// A destination that was chosen by the receiving side, with the agent whom configuration named at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    pub destination: DestinationId,
    /// Who answers for it, if anybody.
    pub agent: Option<PersonId>,
}

/// Where a request is meant to be received. A unit's people know of it only once they were asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intended {
    /// The school would like it; nobody there has heard of it.
    Wish(DestinationId),
    /// The receiving side has chosen it.
    Unit(Unit),
}

impl Intended {
    /// The destination, chosen or only wished for.
    #[must_use]
    pub const fn destination(self) -> DestinationId {
        match self {
            Self::Wish(destination) => destination,
            Self::Unit(unit) => unit.destination,
        }
    }

    /// The unit that was chosen.
    #[must_use]
    pub const fn unit(self) -> Option<Unit> {
        if let Self::Unit(unit) = self { Some(unit) } else { None }
    }
}
