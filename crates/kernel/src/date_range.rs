//! Days from one to another, both included.

use jiff::civil::Date;

/// Days from `start` to `end`, both included; never reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRange {
    start: Date,
    end: Date,
}

/// The end lies before the start.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the end lies before the start")]
pub struct DateRangeError;

impl DateRange {
    /// From `start` to `end`, both included.
    ///
    /// # Errors
    /// If `end` lies before `start`.
    pub fn new(start: Date, end: Date) -> Result<Self, DateRangeError> {
        if end < start { Err(DateRangeError) } else { Ok(Self { start, end }) }
    }

    /// First day.
    #[must_use]
    pub const fn start(self) -> Date {
        self.start
    }

    /// Last day, included.
    #[must_use]
    pub const fn end(self) -> Date {
        self.end
    }

    #[must_use]
    pub fn days(self) -> i32 {
        (self.end - self.start).get_days() + 1
    }

    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }

    /// The days that are not in `other`: none, a range, or one before it and one after it.
    #[must_use]
    pub fn without(self, other: Self) -> Vec<Self> {
        let before = other.start.yesterday().ok().and_then(|day| Self::new(self.start, self.end.min(day)).ok());
        let after = other.end.tomorrow().ok().and_then(|day| Self::new(self.start.max(day), self.end).ok());
        before.into_iter().chain(after).collect()
    }

    /// The days that are in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end)).ok()
    }

    /// Whether any day is in both.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_reversed_range_is_refused() {
        assert_eq!(DateRange::new(date(2027, 1, 2), date(2027, 1, 1)), Err(DateRangeError));
    }

    #[test]
    fn what_is_taken_out_leaves_what_lies_before_and_after() {
        let days = |first, last| DateRange::new(date(2027, 1, first), date(2027, 1, last)).expect("in order");
        assert_eq!(days(5, 20).without(days(10, 12)), [days(5, 9), days(13, 20)]);
        assert_eq!(days(5, 20).without(days(1, 12)), [days(13, 20)]);
        assert_eq!(days(5, 20).without(days(20, 31)), [days(5, 19)]);
        assert_eq!(days(5, 20).without(days(5, 20)), []);
        assert_eq!(days(5, 20).without(days(21, 31)), [days(5, 20)]);
        assert_eq!(days(5, 20).without(days(1, 4)), [days(5, 20)]);
    }

    #[test]
    fn both_ends_count() {
        let one = DateRange::new(date(2027, 1, 1), date(2027, 1, 31)).expect("in order");
        let next = DateRange::new(date(2027, 1, 31), date(2027, 2, 3)).expect("in order");
        assert_eq!(one.days(), 31);
        assert!(one.overlaps(next) && next.overlaps(one) && one.contains(date(2027, 1, 31)));
    }
}
