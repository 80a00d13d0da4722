//! Since when a request is in its state, as each side sees it.

use jiff::civil::Date;

use super::{EntryKind, Role, Status, visibility};

/// The days on which a state began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// The state as the receiving side sees it.
    pub day: Date,
    /// The state as the school sees it.
    pub for_school: Date,
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
            let looks = |status| visibility::seen(status, role).unwrap_or(status);
            if begins(kind, looks(from), looks(to)) { today } else { before }
        };
        Self {
            day: day(self.day, Role::ReceivingCoordinator),
            for_school: day(self.for_school, Role::PlacingCoordinator),
        }
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
}
