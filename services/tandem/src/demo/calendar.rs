//! Days of the demonstration, as they lie around the day on which it is loaded.

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, Weekday, date, time},
    tz::TimeZone,
};

use super::{draw::Draw, world::Days};

/// Weekdays, weekends out: nobody plans stages on a Sunday.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    /// When the demonstration is loaded: nothing happens after it.
    pub(super) now: Timestamp,
    zone: TimeZone,
}

impl Calendar {
    /// As it is at `now`.
    pub(super) const fn new(now: Timestamp, zone: TimeZone) -> Self {
        Self { now, zone }
    }

    /// The day on which the demonstration is loaded.
    pub(super) fn today(&self) -> Date {
        self.day(self.now)
    }

    /// The day of an instant.
    pub(super) fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// Some minute of office hours, on the first working day from `day` on.
    pub(super) fn office(&self, day: Date, draw: &mut Draw) -> Timestamp {
        let minute = draw.within(0..=8 * 60 + 20);
        let at = self.instant(working_day(day), 8, 10) + minute.minutes();
        at + draw.within(0..=59).seconds()
    }

    /// A time of a day. Transitions of summer time are at night, where nothing happens here but releases.
    pub(super) fn instant(&self, day: Date, hour: i8, minute: i8) -> Timestamp {
        let zoned = day.to_datetime(time(hour, minute, 0, 0)).to_zoned(self.zone.clone());
        zoned.map_or(self.now, |zoned| zoned.timestamp())
    }

    /// The first and last day of a term, counted from the present one.
    pub(super) fn term(&self, offset: i16) -> Days {
        let today = self.today();
        let number = today.year() * 3 + (i16::from(today.month()) - 1) / 4 + offset;
        let (year, season) = (number.div_euclid(3), number.rem_euclid(3));
        match season {
            0 => (date(year, 1, 1), date(year, 4, 30)),
            1 => (date(year, 5, 1), date(year, 8, 31)),
            _ => (date(year, 9, 1), date(year, 12, 31)),
        }
    }

    /// The years of which the demonstration needs terms.
    pub(super) fn years(&self) -> [i16; 4] {
        [-1, 0, 1, 2].map(|offset| self.today().year() + offset)
    }
}

/// The common day on which held requests for a term go out: as a region of Ontario has it (domain §16), 15 October for winter,
/// 15 February for summer, 15 June for fall.
pub(super) fn release_of(start_of_term: Date) -> Date {
    match start_of_term.month() {
        1..=4 => date(start_of_term.year() - 1, 10, 15),
        5..=8 => date(start_of_term.year(), 2, 15),
        _ => date(start_of_term.year(), 6, 15),
    }
}

/// The first day of the term that a day is in.
pub(super) fn term_of(day: Date) -> Date {
    date(day.year(), (day.month() - 1) / 4 * 4 + 1, 1)
}

/// `day`, or the Monday after it.
fn working_day(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => day + 2.days(),
        Weekday::Sunday => day + 1.day(),
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        let zone = TimeZone::get("America/Toronto").expect("a known zone");
        Calendar::new("2026-11-23T14:00:00Z".parse().expect("an instant"), zone)
    }

    #[test]
    fn terms_follow_each_other() {
        let calendar = calendar();
        assert_eq!(calendar.term(0), (date(2026, 9, 1), date(2026, 12, 31)));
        assert_eq!(calendar.term(1), (date(2027, 1, 1), date(2027, 4, 30)));
        assert_eq!(calendar.term(-2), (date(2026, 1, 1), date(2026, 4, 30)));
        assert_eq!(calendar.term(-3), (date(2025, 9, 1), date(2025, 12, 31)));
        for offset in -3..6 {
            let (start, end) = calendar.term(offset);
            assert_eq!(end + 1.day(), calendar.term(offset + 1).0);
            assert_eq!(term_of(end), start);
            assert!(release_of(start) < start);
        }
    }

    #[test]
    fn offices_are_closed_at_weekends() {
        let (calendar, mut draw) = (calendar(), Draw::of(0));
        for day in 0..14 {
            let at = calendar.office(date(2026, 3, 1) + day.days(), &mut draw).to_zoned(calendar.zone.clone());
            assert!(!matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday));
            assert!((8..=16).contains(&at.hour()), "{at}");
        }
    }
}
