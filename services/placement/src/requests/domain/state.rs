//! The state of a request: each variant holds what is true only there.

use jiff::civil::Date;
use kernel::DestinationId;

use super::{Intended, ReasonCode, Status, Unit};

/// Where a request stands and what follows from it (domain §7.3).
///
/// Before anybody on the receiving side has chosen, a destination is only a wish of the school's; from the redirection on
/// it is a [`Unit`] with the agent who answers for it. What came to nothing before that keeps the wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Not yet sent.
    Draft {
        /// The unit that the school would like.
        wish: Option<DestinationId>,
    },
    /// Goes out by itself.
    Held {
        /// The unit that the school would like.
        wish: Option<DestinationId>,
        /// The day on which it goes out.
        release_on: Date,
    },
    /// With the receiving coordinator.
    Sent {
        /// The unit that the school would like.
        wish: Option<DestinationId>,
    },
    /// With an agency that is not a user.
    SentOffline {
        /// The unit that the school would like.
        wish: Option<DestinationId>,
    },
    /// With the destination.
    Redirected {
        /// Who is asked.
        unit: Unit,
        /// How the unit learns of it.
        delivery: Delivery,
    },
    /// To be ratified by the coordinator.
    AcceptedByDestination {
        /// Who said yes.
        unit: Unit,
        /// What was said.
        answer: Explanation,
    },
    /// To be ratified by the coordinator; hidden from the school.
    DeclinedByDestination {
        /// Who said no.
        unit: Unit,
        /// Why.
        refusal: Refusal,
    },
    /// To be confirmed by the school.
    Accepted {
        /// Where the students go; nobody yet where the agency answered directly for no unit in particular.
        unit: Option<Unit>,
        /// What was said.
        answer: Explanation,
    },
    /// The agency does not want it.
    Declined {
        /// Who was asked, or would have been.
        intended: Option<Intended>,
        /// Why.
        refusal: Refusal,
    },
    /// The school committed.
    Confirmed {
        /// Where the students go.
        unit: Option<Unit>,
        /// What was said at acceptance.
        answer: Explanation,
    },
    /// Stopped after it was under way.
    Cancelled {
        /// Who was to receive, or would have been asked.
        intended: Option<Intended>,
        /// Why.
        refusal: Refusal,
    },
    /// A tombstone.
    Deleted {
        /// The unit that the school would have liked.
        wish: Option<DestinationId>,
    },
}

/// How a destination learns that it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// In its agent's inbox.
    Electronic,
    /// By a mailed link or the telephone: nobody there has an active account (domain §4.6).
    Offline,
    /// In its agent's inbox, past the coordinator (domain §7.4 no. 7).
    Automatic,
}

/// What was said with a yes, or with a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Coded reason, if one was given.
    pub reason: Option<ReasonCode>,
    /// Words; may be empty.
    pub comment: String,
}

/// A no or a stop, which always carries its reason (domain §8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Coded reason.
    pub reason: ReasonCode,
    /// Words; may be empty.
    pub comment: String,
}

/// Yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Accept(Explanation),
    /// No.
    Decline(Refusal),
}

impl State {
    /// The state's name.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Draft { .. } => Status::Draft,
            Self::Held { .. } => Status::Held,
            Self::Sent { .. } => Status::Sent,
            Self::SentOffline { .. } => Status::SentOffline,
            Self::Redirected { delivery, .. } => delivery.status(),
            Self::AcceptedByDestination { .. } => Status::AcceptedByDestination,
            Self::DeclinedByDestination { .. } => Status::DeclinedByDestination,
            Self::Accepted { .. } => Status::Accepted,
            Self::Declined { .. } => Status::Declined,
            Self::Confirmed { .. } => Status::Confirmed,
            Self::Cancelled { .. } => Status::Cancelled,
            Self::Deleted { .. } => Status::Deleted,
        }
    }

    /// Where it is meant to be received.
    #[must_use]
    pub fn intended(&self) -> Option<Intended> {
        match self {
            Self::Draft { wish }
            | Self::Held { wish, .. }
            | Self::Sent { wish }
            | Self::SentOffline { wish }
            | Self::Deleted { wish } => wish.map(Intended::Wish),
            Self::Redirected { unit, .. }
            | Self::AcceptedByDestination { unit, .. }
            | Self::DeclinedByDestination { unit, .. } => Some(Intended::Unit(*unit)),
            Self::Accepted { unit, .. } | Self::Confirmed { unit, .. } => unit.map(Intended::Unit),
            Self::Declined { intended, .. } | Self::Cancelled { intended, .. } => *intended,
        }
    }

    /// The unit that the receiving side has chosen.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        self.intended().and_then(Intended::unit)
    }

    /// The unit, chosen or only wished for.
    #[must_use]
    pub fn destination(&self) -> Option<DestinationId> {
        self.intended().map(Intended::destination)
    }

    /// Whether it came to nothing before its unit was asked.
    #[must_use]
    pub const fn ended_as_wish(&self) -> bool {
        matches!(
            self,
            Self::Declined { intended: Some(Intended::Wish(_)), .. }
                | Self::Cancelled { intended: Some(Intended::Wish(_)), .. }
        )
    }

    /// The day on which a held request goes out.
    #[must_use]
    pub const fn release_on(&self) -> Option<Date> {
        if let Self::Held { release_on, .. } = self { Some(*release_on) } else { None }
    }

    /// The reason of the last answer or cancellation.
    #[must_use]
    pub const fn reason(&self) -> Option<&ReasonCode> {
        match self {
            Self::AcceptedByDestination { answer, .. }
            | Self::Accepted { answer, .. }
            | Self::Confirmed { answer, .. } => answer.reason.as_ref(),
            Self::DeclinedByDestination { refusal, .. }
            | Self::Declined { refusal, .. }
            | Self::Cancelled { refusal, .. } => Some(&refusal.reason),
            _ => None,
        }
    }

    /// What was said with the last answer or cancellation.
    #[must_use]
    pub fn comment(&self) -> &str {
        match self {
            Self::AcceptedByDestination { answer, .. }
            | Self::Accepted { answer, .. }
            | Self::Confirmed { answer, .. } => &answer.comment,
            Self::DeclinedByDestination { refusal, .. }
            | Self::Declined { refusal, .. }
            | Self::Cancelled { refusal, .. } => &refusal.comment,
            _ => "",
        }
    }
}

impl Delivery {
    /// The state of a request whose unit was asked so.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::Electronic => Status::Redirected,
            Self::Offline => Status::RedirectedOffline,
            Self::Automatic => Status::RedirectedAutomatically,
        }
    }

    /// How a unit was asked, from that state.
    #[must_use]
    pub const fn of(status: Status) -> Option<Self> {
        match status {
            Status::Redirected => Some(Self::Electronic),
            Status::RedirectedOffline => Some(Self::Offline),
            Status::RedirectedAutomatically => Some(Self::Automatic),
            _ => None,
        }
    }
}

impl Decision {
    /// The reason that was given.
    #[must_use]
    pub const fn reason(&self) -> Option<&ReasonCode> {
        match self {
            Self::Accept(answer) => answer.reason.as_ref(),
            Self::Decline(refusal) => Some(&refusal.reason),
        }
    }

    /// What was said.
    #[must_use]
    pub fn comment(&self) -> &str {
        match self {
            Self::Accept(answer) => &answer.comment,
            Self::Decline(refusal) => &refusal.comment,
        }
    }
}
