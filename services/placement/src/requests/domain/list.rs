//! Lists of requests: filters, order, and where a page ended.

use directory::model::{Level, Reach};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use kernel::{ClosureId, DateRange, DestinationId, PersonId, PlacementRequestId, ProgramId, ServiceId, SiteId};
use serde::{Deserialize, Serialize};

use super::{Deadlines, PlacementRequest, Role, Status, Summary, View, Viewer, shown};

/// What a list is asked for. `states` are as the caller sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Only these; none for all.
    pub states: Vec<Status>,
    /// Only of this site.
    pub site: Option<SiteId>,
    /// Only of this service.
    pub service: Option<ServiceId>,
    /// Only of this unit.
    pub destination: Option<DestinationId>,
    /// Only of this program.
    pub program: Option<ProgramId>,
    /// Only what this closure touches.
    pub closure: Option<ClosureId>,
    /// Only those that are active on one of these days.
    pub active: DateRange,
    /// Part of reference, school, program, site or destination; empty for all.
    pub query: String,
    /// Only those whose due date has passed.
    pub overdue: bool,
    /// Only those that somebody else has changed since the one who asks last opened them.
    pub changed: bool,
    pub order: Order,
    /// Whether all pages are counted.
    pub counts: bool,
    pub detail: Detail,
    /// How many rows.
    pub page_size: i64,
    /// Behind which row.
    pub after: Option<Cursor>,
}

/// Who lists, with what the store needs to know of how they see states and deadlines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListContext {
    pub person: PersonId,
    pub role: Role,
    /// What the grants reach.
    pub reach: Reach,
    /// The day in the province.
    pub today: Date,
    /// The stored states whose clock runs, each with the first day of beginning that is not overdue yet.
    pub cutoffs: Vec<(Status, Date)>,
}

impl ListContext {
    /// A viewer's.
    #[must_use]
    pub fn of(viewer: &Viewer, deadlines: Deadlines, today: Date) -> Self {
        let cutoffs = deadlines.cutoffs(viewer.role, today);
        Self { person: viewer.person, role: viewer.role, reach: viewer.reach(Level::Viewer), today, cutoffs }
    }
}

/// How many requests are in one stored state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateCount {
    /// Which state.
    pub status: Status,
    pub all: i64,
    /// Those whose due date has passed for the one who looks.
    pub overdue: i64,
    /// Those that somebody else has changed since.
    pub changed: i64,
}

impl ListQuery {
    /// Everything from today on.
    #[must_use]
    pub fn all(today: Date) -> Self {
        Self {
            states: Vec::new(),
            site: None,
            service: None,
            destination: None,
            program: None,
            closure: None,
            active: coming(today),
            query: String::new(),
            overdue: false,
            changed: false,
            order: Order::default(),
            counts: false,
            detail: Detail::default(),
            page_size: 0,
            after: None,
        }
    }
}

/// What lists show by default: now and the next two years (domain §3.1 "Today").
///
/// # Panics
/// Never: later is not earlier.
#[must_use]
pub fn coming(from: Date) -> DateRange {
    DateRange::new(from, from.saturating_add(2.years())).expect("two years later is not earlier")
}

/// How much of each request a list answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// What a row shows: nobody's names, and nothing of what may be done.
    Summary,
    /// All that the viewer may see.
    #[default]
    Whole,
}

/// The orders of a list, each with the id as the last word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What changed last comes first.
    UpdateTimeDescending,
    /// What begins in the period comes first, by its days; what had begun before comes after it, by its days too. So a list
    /// begins with what comes next, and is read from an index.
    #[default]
    StartDate,
    /// By reference.
    Reference,
}

/// The last row of a page, in the terms of its order: what a page token holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cursor {
    /// Of [`Order::UpdateTimeDescending`].
    #[serde(rename = "u")]
    UpdateTime(Timestamp, PlacementRequestId),
    /// Of [`Order::StartDate`].
    #[serde(rename = "s")]
    StartDate(Date, Date, PlacementRequestId),
    /// Of [`Order::Reference`].
    #[serde(rename = "r")]
    Reference(String),
}

/// The rows of a page, as far as was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Of [`Detail::Summary`].
    Summaries(Vec<Summary>),
    /// Of [`Detail::Whole`].
    Whole(Vec<View>),
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub rows: Rows,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Cursor>,
    /// How many in all pages, counted to 10000; 0 where nobody asked.
    pub total: i64,
    /// The version of the closure that was named; `None` where none was, and while it is not known here.
    pub closure_version: Option<i64>,
}

impl Page {
    /// The version of the closure, as contracts write versions.
    #[must_use]
    pub fn closure_etag(&self) -> String {
        self.closure_version.map(|version| version.to_string()).unwrap_or_default()
    }

    /// How many in all pages, as contracts count.
    #[must_use]
    pub fn total_size(&self) -> i32 {
        i32::try_from(self.total).unwrap_or(i32::MAX)
    }
}

impl Cursor {
    /// The row's place in an order, as a role sees it.
    #[must_use]
    pub fn of(request: &PlacementRequest, order: Order, role: Role) -> Self {
        match order {
            Order::UpdateTimeDescending => Self::UpdateTime(shown::updated_at(request, role), request.id),
            Order::StartDate => Self::StartDate(request.content.dates.start(), request.content.dates.end(), request.id),
            Order::Reference => Self::Reference(request.reference.as_str().to_owned()),
        }
    }

    /// Whether it belongs to an order: a token of another order leads nowhere, nor does one of a time that no row has.
    #[must_use]
    pub fn fits(&self, order: Order) -> bool {
        match (self, order) {
            (Self::UpdateTime(at, _), Order::UpdateTimeDescending) => at.as_second() >= 0,
            (Self::StartDate(start, end, _), Order::StartDate) => start.year() > 0 && end.year() > 0,
            (Self::Reference(_), Order::Reference) => true,
            _ => false,
        }
    }
}
