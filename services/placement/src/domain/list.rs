//! Lists of requests: filters, order, and where a page ended.

use jiff::{Timestamp, civil::Date};
use kernel::{DateRange, DestinationId, PlacementRequestId, ProgramId, ServiceId, SiteId};
use serde::{Deserialize, Serialize};

use super::{PlacementRequest, Status, View};

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
    /// Only those that are active on one of these days.
    pub active: DateRange,
    /// Part of reference, school, program, site or destination; empty for all.
    pub query: String,
    /// In which order.
    pub order: Order,
    /// How many rows.
    pub page_size: i64,
    /// Behind which row.
    pub after: Option<Cursor>,
}

/// The orders of a list, each with the id as the last word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What changed last comes first.
    #[default]
    UpdateTimeDescending,
    /// What begins first comes first.
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
    StartDate(Date, PlacementRequestId),
    /// Of [`Order::Reference`].
    #[serde(rename = "r")]
    Reference(String),
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub views: Vec<View>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Cursor>,
    /// How many in all pages, counted to 10000.
    pub total: i64,
}

impl Cursor {
    /// The row's place in an order.
    #[must_use]
    pub fn of(request: &PlacementRequest, order: Order) -> Self {
        match order {
            Order::UpdateTimeDescending => Self::UpdateTime(request.updated_at, request.id),
            Order::StartDate => Self::StartDate(request.content.dates.start(), request.id),
            Order::Reference => Self::Reference(request.reference.as_str().to_owned()),
        }
    }

    /// Whether it belongs to an order: a token of another order leads nowhere.
    #[must_use]
    pub const fn fits(&self, order: Order) -> bool {
        matches!(
            (self, order),
            (Self::UpdateTime(..), Order::UpdateTimeDescending)
                | (Self::StartDate(..), Order::StartDate)
                | (Self::Reference(..), Order::Reference)
        )
    }
}
