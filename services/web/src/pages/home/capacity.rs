//! How full a destination is while a request would be there (domain §10).

use std::collections::{BTreeMap, HashMap};

use futures::future::join_all;
use jiff::{ToSpan as _, civil::Date};
use proto::placement::v1::{GetOccupancyRequest, GetOccupancyResponse, OccupancyCell, PlacementRequest};
use tonic::Status;

use crate::shell::SignedIn;

/// Most weeks of one question.
const MOST_WEEKS: i32 = 104;

/// The fullest week of a request's dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FullestWeek {
    /// Most students at the same time; 0 when nobody has said.
    pub(crate) capacity: i32,
    pub(crate) accepted: i32,
    /// Students who are asked for, those of this request included.
    pub(crate) requested: i32,
    /// Whether the place is closed on some day.
    pub(crate) closed: bool,
    /// Whether the request fits beside those who are accepted.
    pub(crate) fits: bool,
}

impl FullestWeek {
    /// Of the weeks that a request touches.
    fn of(request: &PlacementRequest, weeks: &[String], capacity: i32, cells: &[OccupancyCell]) -> Option<Self> {
        let (start, end): (Date, Date) = (request.start_date.parse().ok()?, request.end_date.parse().ok()?);
        let touched = weeks.iter().zip(cells).filter(|(monday, _)| {
            monday.parse::<Date>().is_ok_and(|monday| monday <= end && monday.saturating_add(6.days()) >= start)
        });
        let mut fullest_week = Self { capacity, ..Self::default() };
        for (_, cell) in touched {
            fullest_week.accepted = fullest_week.accepted.max(cell.accepted);
            fullest_week.requested = fullest_week.requested.max(cell.pending);
            fullest_week.closed |= cell.closed;
        }
        fullest_week.fits = fullest_week.accepted.saturating_add(request.student_count) <= capacity;
        Some(fullest_week)
    }

    /// How long a part of the bar is, in hundredths: the whole bar holds the capacity or, where more is requested, all of it.
    fn share(&self, students: i32) -> i32 {
        let all = self.capacity.max(self.accepted.saturating_add(self.requested)).max(1);
        students.saturating_mul(100) / all
    }

    /// The part of the bar for those who are accepted.
    pub(crate) fn taken_share(&self) -> i32 {
        self.share(self.accepted)
    }

    /// The part of the bar for those who are asked for.
    pub(crate) fn requested_share(&self) -> i32 {
        self.share(self.requested)
    }

    /// The part of the bar that the capacity is.
    pub(crate) fn capacity_share(&self) -> i32 {
        self.share(self.capacity)
    }
}

/// The fullest week of each request, by its id; of those that name a destination.
pub(crate) async fn of(user: &SignedIn, requests: &[PlacementRequest]) -> Result<HashMap<String, FullestWeek>, Status> {
    let mut by_unit: BTreeMap<&str, Vec<&PlacementRequest>> = BTreeMap::new();
    for request in requests.iter().filter(|request| !request.destination_id.is_empty()) {
        by_unit.entry(&request.destination_id).or_default().push(request);
    }
    let answers = by_unit.into_iter().map(|(unit, requests)| async move {
        let answer = occupancy(user, unit, &requests).await?;
        Ok::<_, Status>((requests, answer))
    });
    let mut weeks_by_request = HashMap::new();
    for answer in join_all(answers).await {
        let (requests, answer) = answer?;
        let Some(unit) = answer.destinations.first() else { continue };
        for request in requests {
            if let Some(fullest_week) = FullestWeek::of(request, &answer.weeks, unit.capacity, &unit.cells) {
                weeks_by_request.insert(request.id.clone(), fullest_week);
            }
        }
    }
    Ok(weeks_by_request)
}

/// One question for all requests of a destination.
async fn occupancy(
    user: &SignedIn,
    destination: &str,
    requests: &[&PlacementRequest],
) -> Result<GetOccupancyResponse, Status> {
    let from = requests.iter().map(|request| request.start_date.as_str()).min().unwrap_or_default();
    let to = requests.iter().map(|request| request.end_date.as_str()).max().unwrap_or_default();
    let message = GetOccupancyRequest {
        destination_id: destination.to_owned(),
        from_date: from.to_owned(),
        weeks: weeks(from, to),
        ..GetOccupancyRequest::default()
    };
    Ok(user.api.requests().get_occupancy(message).await?.into_inner())
}

/// Weeks from one day to another, both included, whatever day of the week they are.
fn weeks(from: &str, to: &str) -> i32 {
    let days = |day: &str| day.parse::<Date>().ok();
    let (Some(from), Some(to)) = (days(from), days(to)) else { return 1 };
    let between = (to - from).get_days();
    (between / 7 + 2).clamp(1, MOST_WEEKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(accepted: i32, pending: i32) -> OccupancyCell {
        OccupancyCell { accepted, pending, closed: false }
    }

    #[test]
    fn the_fullest_week_of_the_dates_counts_and_no_other() {
        let request = PlacementRequest {
            start_date: "2027-01-13".into(),
            end_date: "2027-01-25".into(),
            student_count: 2,
            ..PlacementRequest::default()
        };
        let weeks = ["2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25", "2027-02-01"].map(str::to_owned);
        let closed = OccupancyCell { closed: true, ..cell(2, 1) };
        let cells = [cell(9, 9), cell(3, 2), cell(4, 1), closed, cell(9, 9)];
        let fullest_week = FullestWeek::of(&request, &weeks, 6, &cells).unwrap();
        assert_eq!(fullest_week, FullestWeek { capacity: 6, accepted: 4, requested: 2, closed: true, fits: true });
        assert!(!FullestWeek::of(&request, &weeks, 5, &cells).unwrap().fits);
    }

    #[test]
    fn the_bar_holds_more_than_the_capacity_where_more_is_asked() {
        let fullest_week = FullestWeek { capacity: 6, accepted: 3, requested: 2, ..FullestWeek::default() };
        assert_eq!(
            (fullest_week.taken_share(), fullest_week.requested_share(), fullest_week.capacity_share()),
            (50, 33, 100)
        );
        let full = FullestWeek { capacity: 6, accepted: 6, requested: 6, ..FullestWeek::default() };
        assert_eq!((full.taken_share(), full.requested_share(), full.capacity_share()), (50, 50, 50));
    }

    #[test]
    fn the_weeks_hold_every_day() {
        assert_eq!(weeks("2027-01-17", "2027-01-18"), 2);
        assert_eq!(weeks("2027-01-11", "2027-01-17"), 2);
        assert_eq!(weeks("2027-01-11", "2032-01-17"), 104);
    }
}
