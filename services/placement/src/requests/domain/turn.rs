//! Whose turn it is, and by when (domain §16 no. 5, §18): always of the state as somebody sees it, so that a
//! school cannot tell from a date that its destination has answered.

use jiff::{ToSpan as _, civil::Date};

use super::{Origin, PlacementRequest, Role, Status, visibility};

kernel::coded! {
    /// Whose turn it is.
    Party {
        /// The school.
        PlacingAgency = "PLACING_AGENCY",
        /// The coordinator.
        ReceivingAgency = "RECEIVING_AGENCY",
        /// The unit.
        Destination = "DESTINATION",
        /// It waits for a date, or is settled.
        Nobody = "NOBODY",
    }
}

/// How many days each side has after the step before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// The coordinator, after a request was sent.
    pub coordinator: i32,
    /// The unit, after it was asked.
    pub destination: i32,
    /// The coordinator, after the unit has answered.
    pub ratification: i32,
    /// The school, after the agency has accepted.
    pub confirmation: i32,
}

/// Whose turn it is, for one viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    pub waiting_for: Party,
    /// By when; `None` where nobody has to hurry.
    pub due: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
}

impl Deadlines {
    /// Days from the beginning of a state as it is seen; `None` where nobody has to hurry.
    const fn days(self, seen: Status) -> Option<i32> {
        Some(match seen {
            Status::Sent | Status::SentOffline => self.coordinator,
            Status::Redirected | Status::RedirectedOffline | Status::RedirectedAutomatically => self.destination,
            Status::AcceptedByDestination | Status::DeclinedByDestination => self.ratification,
            Status::Accepted => self.confirmation,
            _ => return None,
        })
    }

    /// The stored states whose clock runs for a role, each with the first day of beginning that is not overdue yet.
    #[must_use]
    pub fn cutoffs(self, role: Role, today: Date) -> Vec<(Status, Date)> {
        let cutoff = |stored: Status| {
            let days = self.days(visibility::seen(stored, role)?)?;
            Some((stored, today.saturating_sub(days.days())))
        };
        Status::ALL.iter().copied().filter_map(cutoff).collect()
    }
}

impl Turn {
    /// Whose turn it is in a state, as `role` sees it.
    #[must_use]
    pub fn of(request: &PlacementRequest, seen: Status, role: Role, deadlines: Deadlines, today: Date) -> Self {
        let began = if role == Role::PlacingCoordinator { request.since.for_school } else { request.since.day };
        let start = request.content.dates.start();
        let due = deadlines.days(seen).map(|days| began.saturating_add(days.days()).min(start));
        Self { waiting_for: party(seen, request.origin), due, overdue: due.is_some_and(|due| due < today) }
    }
}

const fn party(seen: Status, origin: Origin) -> Party {
    match (seen, origin) {
        (Status::Draft, _) | (Status::Accepted, Origin::PlacingAgency) => Party::PlacingAgency,
        (
            Status::Sent
            | Status::SentOffline
            | Status::AcceptedByDestination
            | Status::DeclinedByDestination
            | Status::Accepted,
            _,
        ) => Party::ReceivingAgency,
        (Status::Redirected | Status::RedirectedOffline | Status::RedirectedAutomatically, _) => Party::Destination,
        (Status::Held | Status::Declined | Status::Confirmed | Status::Cancelled | Status::Deleted, _) => Party::Nobody,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DEADLINES: Deadlines = Deadlines { coordinator: 14, destination: 14, ratification: 7, confirmation: 14 };

    #[test]
    fn a_school_is_given_the_destinations_deadline_where_the_coordinator_has_another() {
        let today = date(2026, 11, 23);
        let of = |role| DEADLINES.cutoffs(role, today).into_iter().find(|row| row.0 == Status::DeclinedByDestination);
        assert_eq!(of(Role::PlacingCoordinator).map(|row| row.1), Some(date(2026, 11, 9)));
        assert_eq!(of(Role::ReceivingCoordinator).map(|row| row.1), Some(date(2026, 11, 16)));
        assert!(DEADLINES.cutoffs(Role::DestinationCoordinator, today).iter().all(|row| row.0 != Status::Sent));
    }
}
