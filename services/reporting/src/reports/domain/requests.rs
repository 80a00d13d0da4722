//! The report on requests (domain §14.2): its filter, its rows and their sums.
//!
//! Delays count whole days by the province's calendar: sent on Monday evening and answered on Tuesday morning is one day,
//! whatever the hours between. A request that was cancelled has waited until it was cancelled.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::{PlacementRequestId, ProgramId, SiteId, Text, cut_page};

use crate::projections::State;

/// Which requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those active on or after this day.
    pub from: Option<Date>,
    /// Only those active on or before this day.
    pub to: Option<Date>,
    /// Only these states, as the viewer sees them; none for all.
    pub states: Vec<State>,
    /// Only of this site.
    pub site: Option<SiteId>,
    /// Only of this program.
    pub program: Option<ProgramId>,
}

/// Part of the rows, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Only rows older than this one.
    pub after: Option<PlacementRequestId>,
    /// At most so many.
    pub limit: i64,
}

/// One request, as one side may see it. Names that have not arrived yet are empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which request.
    pub id: PlacementRequestId,
    /// What people say on the phone.
    pub reference: String,
    /// The school.
    pub placing_agency: String,
    /// The program.
    pub program: Text,
    /// The health organisation.
    pub receiving_agency: String,
    /// The site.
    pub site: String,
    /// The service.
    pub service: Text,
    /// The unit.
    pub destination: String,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// How many students.
    pub students: i32,
    /// The visible state.
    pub state: State,
    /// When it was sent, the last time.
    pub sent: Option<Timestamp>,
    /// When the agency answered.
    pub answered: Option<Timestamp>,
    /// Whether the answer was yes.
    pub accepted: bool,
    /// When it was confirmed.
    pub confirmed: Option<Timestamp>,
    /// When it was cancelled.
    pub cancelled: Option<Timestamp>,
    /// The visible reason; may be empty.
    pub reason: String,
}

impl Row {
    /// Days from sending to the agency's answer, or to now while it waits; `None` when not sent.
    #[must_use]
    pub fn answer_delay(&self, now: Timestamp, zone: &TimeZone) -> Option<i32> {
        let until = self.answered.or(self.cancelled).unwrap_or(now);
        self.sent.map(|sent| days_between(sent, until, zone))
    }

    /// Days from the agency's yes to the confirmation, or to now while it waits; `None` when not accepted.
    #[must_use]
    pub fn confirmation_delay(&self, now: Timestamp, zone: &TimeZone) -> Option<i32> {
        let until = self.confirmed.or(self.cancelled).unwrap_or(now);
        self.answered.filter(|_| self.accepted).map(|answered| days_between(answered, until, zone))
    }
}

/// Whole days by the calendar of a zone; never negative.
fn days_between(from: Timestamp, to: Timestamp, zone: &TimeZone) -> i32 {
    let day = |time: Timestamp| time.to_zoned(zone.clone()).date();
    (day(to) - day(from)).get_days().max(0)
}

/// Some rows, and where the next ones begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Newest first.
    pub rows: Vec<Row>,
    /// The last of these rows, where others follow.
    pub next: Option<PlacementRequestId>,
}

impl Page {
    /// The first `limit` of the rows; one more than that tells that others follow.
    #[must_use]
    pub fn cut(mut rows: Vec<Row>, limit: i64) -> Self {
        let next = cut_page(&mut rows, limit, |last| last.id);
        Self { rows, next }
    }
}

/// Sums over all requests of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many requests.
    pub requests: i64,
    /// How many students.
    pub students: i64,
    /// Median of the answer delays of those answered: the lower of the two middle ones, so that it is a delay that
    /// occurred.
    pub median_answer_delay: Option<i32>,
    /// The same by visible state.
    pub states: Vec<StateSum>,
}

/// How many requests and students stand in one visible state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateSum {
    /// The state.
    pub state: State,
    /// How many requests.
    pub requests: i64,
    /// How many students.
    pub students: i64,
}

impl Summary {
    /// The sums of all states.
    #[must_use]
    pub fn of(sums: Vec<StateSum>, median_answer_delay: Option<i32>) -> Self {
        Self {
            requests: sums.iter().map(|sum| sum.requests).sum(),
            students: sums.iter().map(|sum| sum.students).sum(),
            median_answer_delay,
            states: sums,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_by_the_calendar_of_the_province() {
        let montreal = TimeZone::get("America/Montreal").expect("a zone of the database");
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        // 23:30 on Monday and 00:10 on Tuesday in Montréal, both Tuesday in UTC.
        let (monday, tuesday) = (at("2027-01-12T04:30:00Z"), at("2027-01-12T05:10:00Z"));
        assert_eq!(days_between(monday, tuesday, &montreal), 1);
        assert_eq!(days_between(monday, tuesday, &TimeZone::UTC), 0);
        // Over the change to summer time a day has 23 hours, and is a day.
        assert_eq!(days_between(at("2027-03-13T17:00:00Z"), at("2027-03-14T16:00:00Z"), &montreal), 1);
        assert_eq!(days_between(tuesday, monday, &montreal), 0);
    }
}
