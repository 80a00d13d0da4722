//! What was done with a request, by whom, in which role.

use jiff::Timestamp;
use kernel::{DateRange, HistoryEntryId, PersonId};

use super::{Delivery, ReasonCode, Status};

kernel::coded! {
    /// In which capacity somebody acts on or looks at a request (domain §4.1).
    Role {
        /// PC, of the school.
        PlacingCoordinator = "PLACING_COORDINATOR",
        /// RC, of the health organisation.
        ReceivingCoordinator = "RECEIVING_COORDINATOR",
        /// DC, of the unit.
        DestinationCoordinator = "DESTINATION_COORDINATOR",
        /// Sees what a DC sees.
        DestinationMonitor = "DESTINATION_MONITOR",
        /// The clock and the rules of configuration.
        System = "SYSTEM",
    }
}

kernel::coded! {
    /// What was done, and the event that tells of it. The code is part of the API, and of the CHECK of `placement_history`: a new one needs a migration.
    EntryKind {
        /// No. 1.
        Drafted = "DRAFTED",
        /// The draft was changed.
        Updated = "UPDATED",
        /// No. 18.
        Deleted = "DELETED",
        /// No. 3.
        Held = "HELD",
        /// No. 2.
        Sent = "SENT",
        /// No. 4.
        SentOffline = "SENT_OFFLINE",
        /// No. 5.
        Redirected = "REDIRECTED",
        /// No. 6.
        RedirectedOffline = "REDIRECTED_OFFLINE",
        /// No. 7.
        RedirectedAutomatically = "REDIRECTED_AUTOMATICALLY",
        /// Nos. 8, 9, 12.
        AcceptedByDestination = "ACCEPTED_BY_DESTINATION",
        /// Nos. 8, 9.
        DeclinedByDestination = "DECLINED_BY_DESTINATION",
        /// Nos. 9-11, 13, 14.
        Accepted = "ACCEPTED",
        /// Nos. 9-11, 14.
        Declined = "DECLINED",
        /// Nos. 15, 16.
        Confirmed = "CONFIRMED",
        /// No. 17.
        Cancelled = "CANCELLED",
        /// No. 23.
        Reactivated = "REACTIVATED",
        /// No. 20.
        Postponed = "POSTPONED",
        /// No. 21.
        DatesChanged = "DATES_CHANGED",
        /// No. 22.
        DestinationChanged = "DESTINATION_CHANGED",
        /// Words, and nothing else.
        Commented = "COMMENTED",
    }
}

impl EntryKind {
    /// The entry that is named like the state that was entered.
    #[must_use]
    pub const fn of_state(to: Status) -> Self {
        match to {
            Status::Draft => Self::Drafted,
            Status::Held => Self::Held,
            Status::Sent => Self::Sent,
            Status::SentOffline => Self::SentOffline,
            Status::Redirected => Self::Redirected,
            Status::RedirectedOffline => Self::RedirectedOffline,
            Status::RedirectedAutomatically => Self::RedirectedAutomatically,
            Status::AcceptedByDestination => Self::AcceptedByDestination,
            Status::DeclinedByDestination => Self::DeclinedByDestination,
            Status::Accepted => Self::Accepted,
            Status::Declined => Self::Declined,
            Status::Confirmed => Self::Confirmed,
            Status::Cancelled => Self::Cancelled,
            Status::Deleted => Self::Deleted,
        }
    }
}

/// Who acts, in which role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Nobody for the system.
    pub person: Option<PersonId>,
    /// The active role.
    pub role: Role,
}

impl Actor {
    /// The clock, or a rule of configuration.
    pub const SYSTEM: Self = Self { person: None, role: Role::System };

    /// Somebody in a role.
    #[must_use]
    pub const fn person(person: PersonId, role: Role) -> Self {
        Self { person: Some(person), role }
    }
}

/// What a transition leaves in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was done.
    pub kind: EntryKind,
    /// By whom.
    pub by: Actor,
    /// From which state; none at the beginning.
    pub from: Option<Status>,
    /// To which state.
    pub to: Status,
    /// With which reason.
    pub reason: Option<ReasonCode>,
    /// With which words.
    pub comment: String,
    /// Whether it was done for somebody who is not a user.
    pub on_behalf: bool,
    /// The dates that it moved; `None` if it moved none.
    pub moved: Option<MovedDates>,
}

/// Dates before and after an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedDates {
    pub from: DateRange,
    pub to: DateRange,
}

/// One entry of the history, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    pub id: HistoryEntryId,
    pub at: Timestamp,
    /// The name of the one who did it, as it was then; empty for the system.
    pub person_name: String,
    /// How the unit was last asked, after it; nothing where that was not kept.
    pub asked: Option<Delivery>,
    /// What happened.
    pub entry: Entry,
}
