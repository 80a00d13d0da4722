//! The states of a request (domain §7.3).

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not yet sent.
    Draft,
    /// Sent by itself on its release date.
    Held,
    /// Waits for the receiving coordinator.
    Sent,
    /// Waits for an agency that is not a user.
    SentOffline,
    /// Waits for the destination.
    Redirected,
    /// Waits for a destination that is not a user.
    RedirectedOffline,
    /// Waits for the destination, past the coordinator.
    RedirectedAutomatically,
    /// The destination said yes; to be ratified.
    AcceptedByDestination,
    /// The destination said no; to be ratified.
    DeclinedByDestination,
    /// The agency said yes.
    Accepted,
    /// The agency said no.
    Declined,
    /// The school committed.
    Confirmed,
    /// Stopped by either side.
    Cancelled,
    /// Removed; only a tombstone.
    Deleted,
}

impl State {
    /// All of them, in the order of a request's life.
    pub const ALL: [Self; 14] = [
        Self::Draft,
        Self::Held,
        Self::Sent,
        Self::SentOffline,
        Self::Redirected,
        Self::RedirectedOffline,
        Self::RedirectedAutomatically,
        Self::AcceptedByDestination,
        Self::DeclinedByDestination,
        Self::Accepted,
        Self::Declined,
        Self::Confirmed,
        Self::Cancelled,
        Self::Deleted,
    ];

    /// How the database writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Held => "HELD",
            Self::Sent => "SENT",
            Self::SentOffline => "SENT_OFFLINE",
            Self::Redirected => "REDIRECTED",
            Self::RedirectedOffline => "REDIRECTED_OFFLINE",
            Self::RedirectedAutomatically => "REDIRECTED_AUTOMATICALLY",
            Self::AcceptedByDestination => "ACCEPTED_BY_DESTINATION",
            Self::DeclinedByDestination => "DECLINED_BY_DESTINATION",
            Self::Accepted => "ACCEPTED",
            Self::Declined => "DECLINED",
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
            Self::Deleted => "DELETED",
        }
    }

    /// The state of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether the receiving side has it and has not answered for the agency.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        matches!(
            self,
            Self::Sent
                | Self::SentOffline
                | Self::Redirected
                | Self::RedirectedOffline
                | Self::RedirectedAutomatically
                | Self::AcceptedByDestination
                | Self::DeclinedByDestination
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_leads_back_to_its_state() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        assert_eq!(State::from_code("WITHDRAWN"), None);
    }
}
