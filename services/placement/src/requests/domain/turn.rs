//! Whose turn it is, since when, and by when (domain §16 no. 5, §18): always of the state as somebody sees it, so that a
//! school cannot tell from a date that its destination has answered.

use jiff::{ToSpan as _, civil::Date};

use super::{EntryKind, Origin, PlacementRequest, Role, Status, view};

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

/// The days on which a state began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// The state as the receiving side sees it.
    pub day: Date,
    /// The state as the school sees it.
    pub for_school: Date,
}

/// Whose turn it is, for one viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Whose.
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
            let days = self.days(view::seen(stored, role)?)?;
            Some((stored, today.saturating_sub(days.days())))
        };
        Status::ALL.iter().copied().filter_map(cutoff).collect()
    }
}

impl Since {
    /// Of what begins today for everybody.
    #[must_use]
    pub const fn of(today: Date) -> Self {
        Self { day: today, for_school: today }
    }

    /// After an entry of the history.
    #[must_use]
    pub fn after(self, kind: EntryKind, from: Status, to: Status, today: Date) -> Self {
        let day = |before: Date, role: Role| {
            let looks = |status| view::seen(status, role).unwrap_or(status);
            if begins(kind, looks(from), looks(to)) { today } else { before }
        };
        Self {
            day: day(self.day, Role::ReceivingCoordinator),
            for_school: day(self.for_school, Role::PlacingCoordinator),
        }
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

/// Whether a new wait begins. The ways in which a unit may be asked are one wait; another unit begins its own.
fn begins(kind: EntryKind, from: Status, to: Status) -> bool {
    if to.is_at_destination() && from.is_at_destination() {
        return kind == EntryKind::DestinationChanged;
    }
    from != to
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DEADLINES: Deadlines = Deadlines { coordinator: 14, destination: 14, ratification: 7, confirmation: 14 };

    #[test]
    fn an_answer_of_the_destination_begins_a_wait_for_its_coordinator_and_none_for_the_school() {
        let asked = Since::of(date(2026, 11, 2));
        for from in [Status::Redirected, Status::RedirectedOffline, Status::RedirectedAutomatically] {
            let answered =
                asked.after(EntryKind::DeclinedByDestination, from, Status::DeclinedByDestination, date(2026, 11, 9));
            assert_eq!(answered, Since { day: date(2026, 11, 9), for_school: date(2026, 11, 2) });
        }
    }

    #[test]
    fn another_unit_begins_a_new_wait_for_the_school_whether_or_not_the_first_had_answered() {
        let asked = Since::of(date(2026, 11, 2));
        let today = date(2026, 11, 9);
        for state in [Status::Redirected, Status::AcceptedByDestination, Status::DeclinedByDestination] {
            assert_eq!(asked.after(EntryKind::DestinationChanged, state, state, today).for_school, today);
        }
        let accepted = asked.after(EntryKind::DestinationChanged, Status::Accepted, Status::Accepted, today);
        assert_eq!(accepted, asked);
    }

    #[test]
    fn other_dates_and_words_begin_nothing() {
        let asked = Since::of(date(2026, 11, 2));
        assert_eq!(asked.after(EntryKind::DatesChanged, Status::Sent, Status::Sent, date(2026, 11, 9)), asked);
    }

    #[test]
    fn a_school_is_given_the_destinations_deadline_where_the_coordinator_has_another() {
        let today = date(2026, 11, 23);
        let of = |role| DEADLINES.cutoffs(role, today).into_iter().find(|row| row.0 == Status::DeclinedByDestination);
        assert_eq!(of(Role::PlacingCoordinator).map(|row| row.1), Some(date(2026, 11, 9)));
        assert_eq!(of(Role::ReceivingCoordinator).map(|row| row.1), Some(date(2026, 11, 16)));
        assert!(DEADLINES.cutoffs(Role::DestinationCoordinator, today).iter().all(|row| row.0 != Status::Sent));
    }
}
