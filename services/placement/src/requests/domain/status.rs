//! The names of the states, without what is true in them.

kernel::coded! {
    /// Where a request stands (domain §7.3). [`State`](super::State) also holds what is true only there.
    Status {
        /// NEW: not yet sent.
        Draft = "DRAFT",
        /// HOLD: sent by itself on its release date.
        Held = "HELD",
        /// SENT: pending for the receiving coordinator.
        Sent = "SENT",
        /// SENT-P: the agency is a non-user; the school asks it off-line.
        SentOffline = "SENT_OFFLINE",
        /// REDIR: pending for the destination coordinator.
        Redirected = "REDIRECTED",
        /// REDIR-P: the destination is a non-user; it answers by a mailed link or off-line.
        RedirectedOffline = "REDIRECTED_OFFLINE",
        /// AREDIR: redirected by the system, past the coordinator.
        RedirectedAutomatically = "REDIRECTED_AUTOMATICALLY",
        /// ACCD: the destination said yes; the coordinator must ratify.
        AcceptedByDestination = "ACCEPTED_BY_DESTINATION",
        /// DECD: the destination said no; the coordinator must ratify.
        DeclinedByDestination = "DECLINED_BY_DESTINATION",
        /// ACCA: the agency said yes; the school must confirm.
        Accepted = "ACCEPTED",
        /// DECA: the agency said no.
        Declined = "DECLINED",
        /// CONF: the school committed.
        Confirmed = "CONFIRMED",
        /// CANC: either side stopped it.
        Cancelled = "CANCELLED",
        /// DEL: only in the history.
        Deleted = "DELETED",
    }
}

impl Status {
    /// Whether it waits for the destination, however it was delivered there.
    #[must_use]
    pub const fn is_at_destination(self) -> bool {
        matches!(self, Self::Redirected | Self::RedirectedOffline | Self::RedirectedAutomatically)
    }

    /// Whether the agency has said yes: what then changes changes an agreement.
    #[must_use]
    pub const fn is_agreed(self) -> bool {
        matches!(self, Self::Accepted | Self::Confirmed)
    }

    /// Whether the receiving side can still do something that is not a return from the end: the "open" of domain §7.4
    /// nos. 21 and 22.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Declined | Self::Cancelled | Self::Deleted)
    }
}
