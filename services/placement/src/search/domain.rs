//! Where students would fit: destinations measured for some days, and services at sites for whoever looks for a place
//! (domain §5.5, §11a).

use jiff::civil::Date;
use kernel::{AgencyId, DateRange, DestinationId, PlacementRequestId, SearchTerms, ServiceId, SiteId, cut_page};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::requests::{PlacementDays, Text};

kernel::coded! {
    /// Why a destination does not fit.
    Misfit {
        /// Fewer places than students.
        Capacity = "CAPACITY",
        /// A larger group than it takes.
        GroupSize = "GROUP_SIZE",
        /// Closed on some of the days.
        Closed = "CLOSED",
        /// It begins sooner than the unit asks to be told.
        Notice = "NOTICE",
    }
}

/// Which days, and which request is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub days: PlacementDays,
    /// Whose place it is about.
    pub without: Option<PlacementRequestId>,
}

/// The most students who are at a unit on any one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Of accepted and confirmed requests.
    pub accepted: i32,
    /// Of requests that wait for an answer.
    pub pending: i32,
}

/// A destination that serves a service, with the most students who are there on any one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredUnit {
    pub id: DestinationId,
    /// For which service.
    pub service: ServiceId,
    pub name: String,
    /// Most students at the same time.
    pub capacity: i32,
    /// Most students in one group; 0 for no maximum of its own.
    pub group_size: i32,
    /// How many weeks before the first day it is to be asked; 0 for none.
    pub notice_weeks: i32,
    /// Of accepted and confirmed requests.
    pub accepted: i32,
    /// Of requests that wait for an answer.
    pub pending: i32,
    /// Whether it is a user now (domain §4.6).
    pub electronic: bool,
    /// Whether it, its site or its agency is closed on some of the days.
    pub closed: bool,
}

/// Who is to come, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// How many together.
    pub students: i32,
    /// Days from today to the first day.
    pub in_days: i32,
}

/// A destination, measured for an arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    pub unit: MeasuredUnit,
    /// Places left on the busiest day.
    pub free: i32,
    /// By how many days the notice that it asks for has passed; 0 if it has not.
    pub late_by_days: i32,
    /// Why not; `None` if it fits.
    pub misfit: Option<Misfit>,
}

/// A service at a site that is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePlace {
    pub service: ServiceId,
    pub service_name: Text,
    /// Where.
    pub site: SiteId,
    /// The site's name.
    pub site_name: String,
    /// The health organisation.
    pub agency: AgencyId,
    pub agency_name: String,
    /// Whether it works in Tandem.
    pub is_user: bool,
}

/// A service at a site with its destinations, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPlace {
    pub place: ServicePlace,
    /// At least one.
    pub fits: Vec<Fit>,
}

/// What FindPlaces is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceQuery {
    /// Only this service.
    pub service: Option<ServiceId>,
    /// Only at this site.
    pub site: Option<SiteId>,
    pub dates: DateRange,
    /// How many together.
    pub students: i32,
    /// Parts of names; none for all.
    pub query: SearchTerms,
    /// How many rows.
    pub page_size: i64,
    /// Behind which row.
    pub after: Option<PlaceCursor>,
}

/// The last row of a page in the order of places: what a page token holds. Between two pages students come and go, so that a
/// place may move from one to the other; within one page the order is exact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlaceCursor {
    misfits: bool,
    filled: i32,
    name: String,
    service: Uuid,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacePage {
    /// The rows.
    pub places: Vec<FoundPlace>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<PlaceCursor>,
    /// How many in all pages.
    pub total: usize,
}

impl Arrival {
    /// Of students who begin on a day.
    #[must_use]
    pub fn of(students: i32, start: Date, today: Date) -> Self {
        Self { students, in_days: (start - today).get_days() }
    }
}

impl Fit {
    /// Measures a unit. What is only asked for takes no place yet.
    #[must_use]
    pub fn of(unit: MeasuredUnit, Arrival { students, in_days }: Arrival) -> Self {
        let free = (unit.capacity - unit.accepted).max(0);
        let late_by_days = match unit.notice_weeks {
            0 => 0,
            weeks => weeks.saturating_mul(7).saturating_sub(in_days).max(0),
        };
        let misfit = if unit.closed {
            Some(Misfit::Closed)
        } else if unit.group_size > 0 && students > unit.group_size {
            Some(Misfit::GroupSize)
        } else if students > free {
            Some(Misfit::Capacity)
        } else if late_by_days > 0 {
            Some(Misfit::Notice)
        } else {
            None
        };
        Self { unit, free, late_by_days, misfit }
    }

    /// How full it would be if all that is asked for came, in thousandths: what spreads placements fairly.
    #[must_use]
    pub fn filled(&self) -> i32 {
        let unit = &self.unit;
        (unit.accepted + unit.pending).saturating_mul(1000) / unit.capacity.max(1)
    }

    fn order(&self) -> (bool, bool, i32, String, DestinationId) {
        (self.misfit.is_some(), !self.unit.electronic, self.filled(), kernel::sort_key(&self.unit.name), self.unit.id)
    }
}

impl FoundPlace {
    /// Its place in the order.
    #[must_use]
    pub fn cursor(&self) -> PlaceCursor {
        let fitting = self.fits.iter().filter(|fit| fit.misfit.is_none());
        let filled = |fits: &mut dyn Iterator<Item = &Fit>| fits.map(Fit::filled).min();
        PlaceCursor {
            misfits: self.fitting() == 0,
            filled: filled(&mut fitting.into_iter()).or(filled(&mut self.fits.iter())).unwrap_or_default(),
            name: kernel::sort_key(&format!(
                "{} {} {}",
                self.place.agency_name, self.place.site_name, self.place.service_name.fr
            )),
            service: self.place.service.uuid(),
        }
    }

    /// How many destinations fit.
    #[must_use]
    pub fn fitting(&self) -> usize {
        self.fits.iter().filter(|fit| fit.misfit.is_none()).count()
    }
}

/// What fits first, then what is reached at once, then what is emptiest for its size, then by name.
#[must_use]
pub fn ranked(units: Vec<MeasuredUnit>, arrival: Arrival) -> Vec<Fit> {
    let mut fits: Vec<Fit> = units.into_iter().map(|unit| Fit::of(unit, arrival)).collect();
    fits.sort_by_cached_key(Fit::order);
    fits
}

/// A page of services with their units, those that fit first. A service without a unit in use is no place.
#[must_use]
pub fn page(query: &PlaceQuery, services: Vec<ServicePlace>, units: Vec<MeasuredUnit>, today: Date) -> PlacePage {
    let arrival = Arrival::of(query.students, query.dates.start(), today);
    let mut of_service = std::collections::HashMap::<ServiceId, Vec<MeasuredUnit>>::new();
    for unit in units {
        of_service.entry(unit.service).or_default().push(unit);
    }
    let found = services.into_iter().filter_map(|place| {
        let units = of_service.remove(&place.service)?;
        let found = FoundPlace { place, fits: ranked(units, arrival) };
        Some((found.cursor(), found))
    });
    let mut rows: Vec<_> = found.collect();
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    let total = rows.len();
    rows.retain(|(cursor, _)| query.after.as_ref().is_none_or(|after| cursor > after));
    let next = cut_page(&mut rows, query.page_size, |last| last.0.clone());
    PlacePage { places: rows.into_iter().map(|row| row.1).collect(), next, total }
}

#[cfg(test)]
mod tests;
