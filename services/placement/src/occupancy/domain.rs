//! How full destinations are, week by week (domain §10).

use jiff::{ToSpan as _, civil::Date};
use kernel::{DateRange, DestinationId, ServiceId, SiteId, Text};

/// Which destinations, which weeks. Several filters must all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OccupancyQuery {
    /// Of this site.
    pub site: Option<SiteId>,
    /// Of this service.
    pub service: Option<ServiceId>,
    /// This one.
    pub destination: Option<DestinationId>,
    /// A day of the first week; `None` for today.
    pub from: Option<Date>,
    /// How many weeks.
    pub weeks: i32,
}

/// Consecutive weeks, Monday to Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weeks {
    /// The first Monday.
    pub first: Date,
    /// How many.
    pub count: i32,
}

/// One destination's weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OccupancyRow {
    pub destination: DestinationId,
    pub name: String,
    /// Most students at the same time.
    pub capacity: i32,
    /// One per week.
    pub cells: Vec<Cell>,
}

/// The weeks of a service's requests that name no destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnassignedRow {
    pub service: ServiceId,
    pub name: Text,
    /// One per week.
    pub cells: Vec<Cell>,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupancy {
    pub weeks: Weeks,
    /// By name.
    pub destinations: Vec<OccupancyRow>,
    /// By name; only services that have such requests in these weeks.
    pub unassigned: Vec<UnassignedRow>,
}

/// The most students on any one day of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Of accepted and confirmed requests.
    pub accepted: i32,
    /// Of requests that wait for an answer.
    pub pending: i32,
    /// Whether the unit, its site or its agency is closed on any day of the week (domain §5.6).
    pub closed: bool,
}

impl Weeks {
    /// `count` weeks from the one that `day` is in.
    #[must_use]
    pub fn from(day: Date, count: i32) -> Self {
        let back = i32::from(day.weekday().to_monday_zero_offset());
        Self { first: day.saturating_sub(back.days()), count }
    }

    /// The Mondays.
    pub fn mondays(self) -> impl Iterator<Item = Date> {
        (0..self.count).map(move |week| self.first.saturating_add(week.weeks()))
    }

    /// The last Sunday.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.first.saturating_add((self.count * 7 - 1).days())
    }

    /// Those that share a day with `days`, by their places.
    pub fn touched_by(self, days: DateRange) -> impl Iterator<Item = usize> {
        let week = |monday| DateRange::new(monday, monday.saturating_add(6.days()));
        self.mondays()
            .enumerate()
            .filter(move |(_, monday)| week(*monday).is_ok_and(|w| w.overlaps(days)))
            .map(|(i, _)| i)
    }

    /// As many cells, with nobody in them.
    #[must_use]
    pub fn empty(self) -> Vec<Cell> {
        self.mondays().map(|_| Cell::default()).collect()
    }

    /// Which of the weeks a day is in.
    #[must_use]
    pub fn index_of(self, day: Date) -> Option<usize> {
        let days = (day - self.first).get_days();
        usize::try_from(days / 7).ok().filter(|week| days >= 0 && *week < self.count.unsigned_abs() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_monday() {
        let weeks = Weeks::from(date(2027, 1, 17), 3);
        assert_eq!(weeks.first, date(2027, 1, 11));
        assert_eq!(weeks.mondays().last(), Some(date(2027, 1, 25)));
        assert_eq!(weeks.last_day(), date(2027, 1, 31));
        assert_eq!(weeks.index_of(date(2027, 1, 18)), Some(1));
        assert_eq!(weeks.index_of(date(2027, 1, 10)), None);
        assert_eq!(weeks.index_of(date(2027, 2, 1)), None);
    }

    #[test]
    fn one_day_touches_a_week() {
        let weeks = Weeks::from(date(2027, 1, 11), 3);
        let touched = |from, to| weeks.touched_by(DateRange::new(from, to).expect("in order")).collect::<Vec<_>>();
        assert_eq!(touched(date(2027, 1, 17), date(2027, 1, 18)), [0, 1]);
        assert_eq!(touched(date(2026, 12, 1), date(2027, 1, 10)), [0_usize; 0]);
        assert_eq!(touched(date(2027, 1, 31), date(2027, 3, 1)), [2]);
    }
}
