//! The days on which students are there: of the period that is asked for, those of its weekdays.

use jiff::{ToSpan as _, civil::Weekday};
use kernel::{DateRange, FieldViolation};

/// Hours of a day. What a province takes for the longest shift differs; more than a day has is an error of entry everywhere.
const HOURS_A_DAY: i32 = 24;

/// Days of the week as bits, Monday lowest; none means various days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    /// From bits, Monday lowest; nothing if there is an eighth day.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits < 0x80 { Some(Self(bits)) } else { None }
    }

    /// The bits, Monday lowest.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether a day is among them.
    #[must_use]
    pub const fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.to_monday_zero_offset()) != 0
    }

    /// The days, 1 for Monday to 7 for Sunday.
    pub fn days(self) -> impl Iterator<Item = u8> {
        (1..=7).filter(move |day| self.0 & (1 << (day - 1)) != 0)
    }
}

/// Days of the week within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacementDays {
    /// From when to when.
    pub dates: DateRange,
    /// On which days; various days may be any.
    pub weekdays: Weekdays,
}

impl PlacementDays {
    /// Whether one of them lies in a period, such as that of a closure.
    #[must_use]
    pub fn touch(self, period: DateRange) -> bool {
        self.dates.intersection(period).is_some_and(|common| Self { dates: common, ..self }.count() > 0)
    }

    /// How many they are.
    #[must_use]
    pub fn count(self) -> i32 {
        let days = self.dates.days();
        if self.weekdays == Weekdays::default() {
            return days;
        }
        let (weeks, rest) = (days / 7, days % 7);
        let odd = (0..rest).map(|day| self.dates.start().saturating_add(day.days()));
        let odd = odd.filter(|day| self.weekdays.has(day.weekday())).count();
        let a_week = self.weekdays.days().count();
        weeks * i32::try_from(a_week).unwrap_or(7) + i32::try_from(odd).unwrap_or(6)
    }

    /// What is wrong with them, or with so many hours per student on them: no such weekday in the period
    /// (`NO_SUCH_DAY`), or more hours than its days have (`HOURS_DO_NOT_FIT`, with `most`).
    #[must_use]
    pub fn fault(self, hours_per_student: i32, weekdays_field: &str, hours_field: &str) -> Option<FieldViolation> {
        let days = self.count();
        if days == 0 {
            return Some(FieldViolation::new(weekdays_field, "NO_SUCH_DAY"));
        }
        let most = days * HOURS_A_DAY;
        (hours_per_student > most)
            .then(|| FieldViolation::new(hours_field, "HOURS_DO_NOT_FIT").with("most", most).with("days", days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    const SUNDAYS: u8 = 0b100_0000;
    const WORKDAYS: u8 = 0b001_1111;

    fn days(from: Date, to: Date, bits: u8) -> PlacementDays {
        let dates = DateRange::new(from, to).expect("in order");
        PlacementDays { dates, weekdays: Weekdays::from_bits(bits).expect("seven bits") }
    }

    #[test]
    fn weekdays_count_from_monday() {
        let days = Weekdays::from_bits(0b101_0001).expect("seven bits");
        assert_eq!(days.days().collect::<Vec<_>>(), [1, 5, 7]);
        assert_eq!(Weekdays::from_bits(0x80), None);
    }

    #[test]
    fn they_are_counted_as_a_calendar_shows_them() {
        for length in 0..30 {
            for bits in [0, SUNDAYS, WORKDAYS, 0b010_1010, 0b111_1111] {
                let to = date(2027, 1, 14).saturating_add(length.days());
                let asked = days(date(2027, 1, 14), to, bits);
                let listed = (0..=length).map(|day| date(2027, 1, 14).saturating_add(day.days()));
                let listed = listed.filter(|day| bits == 0 || bits >> day.weekday().to_monday_zero_offset() & 1 == 1);
                assert_eq!(asked.count(), i32::try_from(listed.count()).unwrap(), "{length} {bits:b}");
            }
        }
    }

    #[test]
    fn a_period_between_two_of_them_touches_none() {
        let monday_to_saturday = DateRange::new(date(2027, 2, 1), date(2027, 2, 6)).unwrap();
        let (from, to) = (date(2027, 1, 11), date(2027, 4, 2));
        assert!(!days(from, to, SUNDAYS).touch(monday_to_saturday));
        assert!(days(from, to, WORKDAYS).touch(monday_to_saturday));
        assert!(days(from, to, 0).touch(monday_to_saturday), "various days may be any");
        assert!(!days(from, date(2027, 1, 31), 0).touch(monday_to_saturday));
        let to_sunday = DateRange::new(date(2027, 2, 1), date(2027, 2, 7)).unwrap();
        assert!(days(from, to, SUNDAYS).touch(to_sunday));
    }

    #[test]
    fn no_more_hours_than_its_days_have() {
        let one_day = days(date(2027, 1, 11), date(2027, 1, 11), 0);
        assert_eq!(one_day.fault(24, "weekdays", "hours"), None);
        let fault = one_day.fault(25, "weekdays", "hours").expect("a day has 24");
        assert_eq!((fault.field.as_str(), fault.reason), ("hours", "HOURS_DO_NOT_FIT"));
        assert_eq!(fault.details, [("most", "24".to_owned()), ("days", "1".to_owned())]);
        let none = days(date(2027, 1, 11), date(2027, 1, 16), SUNDAYS);
        assert_eq!(none.fault(0, "weekdays", "hours").map(|fault| fault.reason), Some("NO_SUCH_DAY"));
    }
}
