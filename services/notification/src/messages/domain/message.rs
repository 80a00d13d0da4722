//! The messages that Tandem sends (domain §17).

kernel::coded! {
    /// Which message. The code is part of the API and of the delivery log.
    Message {
        /// To the agent of a destination that is not a user: answer by the link (in place of the print queue of domain §12).
        RedirectedLink = "REDIRECTED_LINK",
        /// To the agent of a user destination: a request awaits you.
        Redirected = "REDIRECTED",
        /// To the receiving coordinator: a request awaits you.
        RequestSent = "REQUEST_SENT",
        /// To the receiving coordinator: the destination said yes, to be ratified.
        AcceptedByDestination = "ACCEPTED_BY_DESTINATION",
        /// To the receiving coordinator: the destination said no, to be ratified.
        DeclinedByDestination = "DECLINED_BY_DESTINATION",
        /// To the school's coordinator: accepted, to be confirmed (N14).
        RequestAccepted = "REQUEST_ACCEPTED",
        /// To the school's coordinator: declined, with the reason (N14).
        RequestDeclined = "REQUEST_DECLINED",
        /// To the receiving side: the school commits.
        RequestConfirmed = "REQUEST_CONFIRMED",
        /// To both sides: stopped, with the reason (N5).
        RequestCancelled = "REQUEST_CANCELLED",
        /// To the school's coordinator: a place of some requests takes no students for a while (N17).
        RequestsAffectedByClosure = "REQUESTS_AFFECTED_BY_CLOSURE",
    }
}

impl Message {
    /// The beginning of its keys in the catalogues: `redirected-link`.
    pub(crate) fn key(self) -> String {
        self.code().to_lowercase().replace('_', "-")
    }

    /// Whether somebody has to act on it: then a missing recipient is worth a line in the log.
    pub(crate) const fn asks_for_action(self) -> bool {
        matches!(
            self,
            Self::RedirectedLink
                | Self::Redirected
                | Self::RequestSent
                | Self::AcceptedByDestination
                | Self::DeclinedByDestination
        )
    }

    /// Whether it is about one request; else it is about a closure.
    pub(crate) const fn is_about_request(self) -> bool {
        !matches!(self, Self::RequestsAffectedByClosure)
    }

    /// Whether it tells the reason of a refusal or cancellation.
    pub(crate) const fn tells_reason(self) -> bool {
        matches!(self, Self::DeclinedByDestination | Self::RequestDeclined | Self::RequestCancelled)
    }
}
