//! The windows of the year when more is needed, in a province's own time.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// A day that every year has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    /// Reads `MM-DD`; 29 February is not a day that every year has.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        // Any year without a leap day tells which days all years have.
        (text.len() == 5 && Date::new(2027, month, day).is_ok()).then_some(Self { month, day })
    }

    fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// A window of each year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peak {
    /// What people call it.
    pub name: String,
    pub from: MonthDay,
    /// Last day; before `from` where the window passes New Year.
    pub to: MonthDay,
    /// How long before the first moment the replicas are already there.
    pub lead: SignedDuration,
    /// Replicas that there are at least, by component.
    pub floors: BTreeMap<String, u32>,
}

impl Peak {
    /// Whether it counts at an instant, its lead time included.
    #[must_use]
    pub fn is_in_force(&self, now: Timestamp, zone: &TimeZone) -> bool {
        self.windows(now, zone).any(|(start, end)| start - self.lead <= now && now < end)
    }

    /// When it begins next, without its lead time.
    #[must_use]
    pub fn next_start(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        self.windows(now, zone).map(|(start, _)| start).find(|start| *start > now)
    }

    /// The windows of the year before, of this and of the next: first moment, and first moment after.
    fn windows(&self, now: Timestamp, zone: &TimeZone) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let this_year = now.to_zoned(zone.clone()).year();
        let passes_new_year = i16::from(self.to < self.from);
        (this_year - 1..=this_year + 1).filter_map(move |year| {
            let first = self.from.in_year(year)?;
            let after = self.to.in_year(year + passes_new_year)?.tomorrow().ok()?;
            Some((start_of(first, zone)?, start_of(after, zone)?))
        })
    }
}

/// The first moment of a day, also where clocks are set at midnight.
fn start_of(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned(zone.clone()).and_then(|at| at.start_of_day()).ok().map(|at| at.timestamp())
}

/// The largest floor that a window in force sets for a component, and the window's name.
#[must_use]
pub fn floor_of<'a>(peaks: &'a [Peak], component: &str, now: Timestamp, zone: &TimeZone) -> Option<(u32, &'a str)> {
    let sets = peaks.iter().filter_map(|peak| Some((*peak.floors.get(component)?, peak)));
    sets.filter(|(_, peak)| peak.is_in_force(now, zone))
        .max_by_key(|(floor, _)| *floor)
        .map(|(floor, peak)| (floor, peak.name.as_str()))
}

pub fn in_force<'a>(peaks: &'a [Peak], now: Timestamp, zone: &TimeZone) -> impl Iterator<Item = &'a str> {
    peaks.iter().filter(move |peak| peak.is_in_force(now, zone)).map(|peak| peak.name.as_str())
}

/// The window that begins next, and its first day.
#[must_use]
pub fn next<'a>(peaks: &'a [Peak], now: Timestamp, zone: &TimeZone) -> Option<(&'a str, Date)> {
    let starts = peaks.iter().filter_map(|peak| Some((peak.next_start(now, zone)?, peak.name.as_str())));
    starts.min().map(|(start, name)| (name, start.to_zoned(zone.clone()).date()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peak(from: &str, to: &str, lead_hours: i64) -> Peak {
        Peak {
            name: "peak".into(),
            from: MonthDay::parse(from).unwrap(),
            to: MonthDay::parse(to).unwrap(),
            lead: SignedDuration::from_hours(lead_hours),
            floors: BTreeMap::from([("gateway".into(), 4)]),
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    #[test]
    fn a_window_begins_and_ends_at_midnight_of_the_province_not_of_the_cluster() {
        let (peak, zone) = (peak("08-15", "09-15", 0), zone("America/St_Johns"));
        assert!(!peak.is_in_force(at("2027-08-15T02:29:59Z"), &zone));
        assert!(peak.is_in_force(at("2027-08-15T02:30:00Z"), &zone));
        assert!(peak.is_in_force(at("2027-09-16T02:29:59Z"), &zone));
        assert!(!peak.is_in_force(at("2027-09-16T02:30:00Z"), &zone));
    }

    #[test]
    fn a_window_counts_ahead_of_its_first_moment_by_its_lead_time() {
        let (peak, zone) = (peak("08-15", "09-15", 24), zone("America/Toronto"));
        assert!(!peak.is_in_force(at("2027-08-14T03:59:59Z"), &zone));
        assert!(peak.is_in_force(at("2027-08-14T04:00:00Z"), &zone));
        assert_eq!(peak.next_start(at("2027-08-14T04:00:00Z"), &zone), Some(at("2027-08-15T04:00:00Z")));
    }

    #[test]
    fn a_lead_time_reaches_back_over_new_year() {
        let (peak, zone) = (peak("01-01", "01-10", 48), zone("America/Vancouver"));
        assert!(peak.is_in_force(at("2027-12-30T08:00:00Z"), &zone));
        assert!(!peak.is_in_force(at("2027-12-30T07:59:59Z"), &zone));
    }

    #[test]
    fn a_window_may_pass_new_year() {
        let (peak, zone) = (peak("12-15", "01-10", 0), zone("America/Regina"));
        assert!(peak.is_in_force(at("2027-12-20T12:00:00Z"), &zone));
        assert!(peak.is_in_force(at("2028-01-10T12:00:00Z"), &zone));
        assert!(!peak.is_in_force(at("2028-01-12T12:00:00Z"), &zone));
    }

    #[test]
    fn the_largest_floor_of_the_windows_in_force_counts() {
        let mut higher = peak("09-01", "09-05", 0);
        (higher.name, higher.floors) = ("higher".into(), BTreeMap::from([("gateway".into(), 6)]));
        let (peaks, zone) = ([peak("08-15", "09-15", 0), higher], zone("America/Toronto"));
        assert_eq!(floor_of(&peaks, "gateway", at("2027-09-03T12:00:00Z"), &zone), Some((6, "higher")));
        assert_eq!(floor_of(&peaks, "gateway", at("2027-09-10T12:00:00Z"), &zone), Some((4, "peak")));
        assert_eq!(floor_of(&peaks, "web", at("2027-09-10T12:00:00Z"), &zone), None);
        assert_eq!(next(&peaks, at("2027-08-20T12:00:00Z"), &zone).unwrap().0, "higher");
    }

    #[test]
    fn only_days_that_every_year_has_are_days() {
        for wrong in ["02-29", "13-01", "00-10", "04-31", "8-15", "08-15-", "08:15", ""] {
            assert_eq!(MonthDay::parse(wrong), None, "{wrong}");
        }
    }
}
