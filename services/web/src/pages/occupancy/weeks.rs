//! Weeks, which begin on Monday, and how one turns their pages.

use jiff::{ToSpan as _, civil::Date};

/// Weeks that are shown when nobody says how many.
const USUAL: i32 = 16;
/// Most and fewest weeks at a time.
const LIMITS: (i32, i32) = (4, 52);

/// Some weeks in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// The first Monday.
    pub(crate) first: Date,
    pub(crate) weeks: i32,
}

impl Period {
    /// As an address says it. A malformed day is today, a malformed number the usual one, numbers beyond the limits are the
    /// limits.
    pub(crate) fn of(from_date: &str, weeks: &str, today: Date) -> Self {
        let weeks = weeks.parse().unwrap_or(USUAL).clamp(LIMITS.0, LIMITS.1);
        Self { first: monday(from_date.parse().unwrap_or(today)), weeks }
    }

    pub(crate) fn before(self) -> Self {
        Self { first: self.first.saturating_sub(i64::from(self.weeks).weeks()), ..self }
    }

    pub(crate) fn after(self) -> Self {
        Self { first: self.first.saturating_add(i64::from(self.weeks).weeks()), ..self }
    }

    pub(crate) fn last(self) -> Date {
        self.after().first.saturating_sub(1.day())
    }

    /// What people choose among, the present number included.
    pub(crate) fn choices(self) -> Vec<i32> {
        let mut choices = vec![4, 8, 12, 16, 26, 39, 52];
        if !choices.contains(&self.weeks) {
            choices.push(self.weeks);
            choices.sort_unstable();
        }
        choices
    }
}

/// The Monday of a day's week.
pub(crate) fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

/// The Sunday of a Monday's week.
pub(crate) fn sunday(monday: Date) -> Date {
    monday.saturating_add(6.days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        for day in 11..=17 {
            assert_eq!(monday(date(2027, 1, day)), date(2027, 1, 11));
        }
        assert_eq!(monday(date(2027, 1, 1)), date(2026, 12, 28));
        assert_eq!(sunday(date(2026, 12, 28)), date(2027, 1, 3));
    }

    #[test]
    fn an_address_that_makes_no_sense_shows_the_usual_weeks() {
        let today = date(2026, 11, 24);
        assert_eq!(Period::of("", "", today), Period { first: date(2026, 11, 23), weeks: 16 });
        assert_eq!(Period::of("soon", "many", today), Period { first: date(2026, 11, 23), weeks: 16 });
        assert_eq!(Period::of("2027-01-13", "1000", today), Period { first: date(2027, 1, 11), weeks: 52 });
        assert_eq!(Period::of("2027-01-13", "-1", today).weeks, 4);
    }

    #[test]
    fn pages_of_weeks_follow_each_other_without_gaps() {
        let period = Period { first: date(2027, 1, 11), weeks: 8 };
        assert_eq!(period.after().before(), period);
        assert_eq!(period.after().first, date(2027, 3, 8));
        assert_eq!(period.last(), date(2027, 3, 7));
        assert_eq!(Period { weeks: 20, ..period }.choices(), [4, 8, 12, 16, 20, 26, 39, 52]);
    }

    #[test]
    fn the_end_of_the_calendar_is_no_accident() {
        assert_eq!(Period::of("9999-12-31", "52", date(2026, 1, 1)).after().weeks, 52);
    }
}
