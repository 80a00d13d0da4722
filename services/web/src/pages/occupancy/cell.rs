//! How full one destination is in one week: its class, its words.

use proto::placement::v1::OccupancyCell;

/// Share of the capacity, in percent, from which a week is nearly full (domain §10).
const NEARLY: i64 = 75;

/// What is counted of a destination's week, or of all destinations' week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) accepted: i64,
    pub(crate) pending: i64,
    pub(crate) capacity: i64,
    pub(crate) closed: bool,
}

impl Count {
    pub(crate) fn of(cell: &OccupancyCell, capacity: i32) -> Self {
        Self {
            accepted: cell.accepted.into(),
            pending: cell.pending.into(),
            capacity: capacity.into(),
            closed: cell.closed,
        }
    }

    /// This and that together. A closed destination has no places to offer; whoever is there is there.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            accepted: self.accepted + other.accepted,
            pending: self.pending + other.pending,
            capacity: self.capacity + if other.closed { 0 } else { other.capacity },
            closed: false,
        }
    }

    /// Classes of the cell: colour by what is accepted, hatching for what is pending, grey for closed (domain §10).
    pub(crate) fn class(self) -> &'static str {
        let level = match () {
            () if self.closed => Level::Closed,
            () if self.accepted == 0 => Level::None,
            () if self.accepted >= self.capacity => Level::Full,
            () if self.accepted * 100 >= self.capacity * NEARLY => Level::Nearly,
            () => Level::Free,
        };
        match (level, self.pending > 0) {
            (Level::Closed, false) => "o-closed",
            (Level::Closed, true) => "o-closed o-pending",
            (Level::None, false) => "o-none",
            (Level::None, true) => "o-none o-pending",
            (Level::Free, false) => "o-free",
            (Level::Free, true) => "o-free o-pending",
            (Level::Nearly, false) => "o-nearly",
            (Level::Nearly, true) => "o-nearly o-pending",
            (Level::Full, false) => "o-full",
            (Level::Full, true) => "o-full o-pending",
        }
    }

    /// Whether any request stands behind the numbers.
    pub(crate) fn is_empty(self) -> bool {
        self.accepted == 0 && self.pending == 0
    }
}

enum Level {
    Closed,
    None,
    Free,
    Nearly,
    Full,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(accepted: i64, pending: i64, capacity: i64) -> &'static str {
        Count { accepted, pending, capacity, closed: false }.class()
    }

    #[test]
    fn colours_follow_what_is_accepted() {
        assert_eq!(class(0, 0, 8), "o-none");
        assert_eq!(class(1, 0, 8), "o-free");
        assert_eq!(class(5, 0, 8), "o-free");
        assert_eq!(class(6, 0, 8), "o-nearly");
        assert_eq!(class(7, 0, 8), "o-nearly");
        assert_eq!(class(8, 0, 8), "o-full");
        assert_eq!(class(9, 0, 8), "o-full");
        assert_eq!(class(74, 0, 100), "o-free");
        assert_eq!(class(75, 0, 100), "o-nearly");
        assert_eq!(class(99, 0, 100), "o-nearly");
    }

    #[test]
    fn who_is_where_nobody_may_be_fills_it() {
        assert_eq!(class(1, 0, 0), "o-full");
        assert_eq!(class(0, 0, 0), "o-none");
    }

    #[test]
    fn what_is_pending_is_hatched_and_counts_for_no_colour() {
        assert_eq!(class(0, 20, 8), "o-none o-pending");
        assert_eq!(class(8, 1, 8), "o-full o-pending");
    }

    #[test]
    fn closed_is_grey_however_full() {
        let closed = Count { accepted: 8, pending: 1, capacity: 8, closed: true };
        assert_eq!(closed.class(), "o-closed o-pending");
    }

    #[test]
    fn a_closed_destination_adds_its_students_and_no_places() {
        let open = Count { accepted: 2, pending: 1, capacity: 8, closed: false };
        let closed = Count { closed: true, ..open };
        let both = Count::default().plus(open).plus(closed);
        assert_eq!(both, Count { accepted: 4, pending: 2, capacity: 8, closed: false });
    }
}
