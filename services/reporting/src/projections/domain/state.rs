//! The states of a request (domain §7.3).

kernel::coded! {
    /// Where a request stands, in the order of its life.
    State {
        /// Not yet sent.
        Draft = "DRAFT",
        /// Sent by itself on its release date.
        Held = "HELD",
        /// Waits for the receiving coordinator.
        Sent = "SENT",
        /// Waits for an agency that is not a user.
        SentOffline = "SENT_OFFLINE",
        /// Waits for the destination.
        Redirected = "REDIRECTED",
        /// Waits for a destination that is not a user.
        RedirectedOffline = "REDIRECTED_OFFLINE",
        /// Waits for the destination, past the coordinator.
        RedirectedAutomatically = "REDIRECTED_AUTOMATICALLY",
        /// The destination said yes; to be ratified.
        AcceptedByDestination = "ACCEPTED_BY_DESTINATION",
        /// The destination said no; to be ratified.
        DeclinedByDestination = "DECLINED_BY_DESTINATION",
        /// The agency said yes.
        Accepted = "ACCEPTED",
        /// The agency said no.
        Declined = "DECLINED",
        /// The school committed.
        Confirmed = "CONFIRMED",
        /// Stopped by either side.
        Cancelled = "CANCELLED",
        /// Removed; only a tombstone.
        Deleted = "DELETED",
    }
}

impl State {
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
