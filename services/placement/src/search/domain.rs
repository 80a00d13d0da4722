//! Where students would fit: destinations measured for some days, and services at sites for whoever looks for a place
//! (domain §5.5, §11a).

use kernel::{AgencyId, DateRange, DestinationId, PlacementRequestId, ServiceId, SiteId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::requests::{Text, Weekdays};

kernel::coded! {
    /// Why a destination does not fit.
    Misfit {
        /// Fewer places than students.
        Capacity = "CAPACITY",
        /// A larger group than it takes.
        GroupSize = "GROUP_SIZE",
        /// Closed on some of the days.
        Closed = "CLOSED",
    }
}

/// Which days, and which request is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From when to when.
    pub dates: DateRange,
    /// On which days of the week.
    pub weekdays: Weekdays,
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
    /// Of accepted and confirmed requests.
    pub accepted: i32,
    /// Of requests that wait for an answer.
    pub pending: i32,
    /// Whether it is a user now (domain §4.6).
    pub electronic: bool,
    /// Whether it, its site or its agency is closed on some of the days.
    pub closed: bool,
}

/// A destination, measured for a number of students.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    pub unit: MeasuredUnit,
    /// Places left on the busiest day.
    pub free: i32,
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
    /// Part of a name, folded; empty for all.
    pub query: String,
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

impl Fit {
    /// Measures a unit for some students. What is only asked for takes no place yet.
    #[must_use]
    pub fn of(unit: MeasuredUnit, students: i32) -> Self {
        let free = (unit.capacity - unit.accepted).max(0);
        let misfit = if unit.closed {
            Some(Misfit::Closed)
        } else if unit.group_size > 0 && students > unit.group_size {
            Some(Misfit::GroupSize)
        } else if students > free {
            Some(Misfit::Capacity)
        } else {
            None
        };
        Self { unit, free, misfit }
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
pub fn ranked(units: Vec<MeasuredUnit>, students: i32) -> Vec<Fit> {
    let mut fits: Vec<Fit> = units.into_iter().map(|unit| Fit::of(unit, students)).collect();
    fits.sort_by_cached_key(Fit::order);
    fits
}

/// A page of services with their units, those that fit first. A service without a unit in use is no place.
#[must_use]
pub fn page(query: &PlaceQuery, services: Vec<ServicePlace>, units: Vec<MeasuredUnit>) -> PlacePage {
    let mut of_service = std::collections::HashMap::<ServiceId, Vec<MeasuredUnit>>::new();
    for unit in units {
        of_service.entry(unit.service).or_default().push(unit);
    }
    let found = services.into_iter().filter_map(|place| {
        let units = of_service.remove(&place.service)?;
        let found = FoundPlace { place, fits: ranked(units, query.students) };
        Some((found.cursor(), found))
    });
    let mut rows: Vec<_> = found.collect();
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    let total = rows.len();
    rows.retain(|(cursor, _)| query.after.as_ref().is_none_or(|after| cursor > after));
    let size = usize::try_from(query.page_size).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|last| last.0.clone());
    PlacePage { places: rows.into_iter().map(|row| row.1).collect(), next, total }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str, capacity: i32, accepted: i32, pending: i32, electronic: bool) -> MeasuredUnit {
        MeasuredUnit {
            id: Uuid::from_u128(u128::from(name.as_bytes()[0])).into(),
            service: Uuid::from_u128(1).into(),
            name: name.to_owned(),
            capacity,
            group_size: 0,
            accepted,
            pending,
            electronic,
            closed: false,
        }
    }

    #[test]
    fn what_fits_comes_first_then_what_is_reached_at_once_then_what_is_emptiest() {
        let units = vec![
            unit("F", 4, 0, 0, true),
            unit("E", 8, 6, 0, true),
            unit("D", 8, 0, 0, false),
            unit("C", 8, 0, 8, true),
            unit("B", 16, 2, 2, true),
            unit("A", 8, 1, 1, true),
        ];
        let names: Vec<_> = ranked(units, 6).into_iter().map(|fit| (fit.unit.name, fit.misfit.is_none())).collect();
        let expected = [("A", true), ("B", true), ("C", true), ("D", true), ("F", false), ("E", false)];
        assert_eq!(names, expected.map(|(name, fits)| (name.to_owned(), fits)));
    }

    #[test]
    fn a_group_that_is_too_large_does_not_fit_however_many_places_there_are() {
        let small = MeasuredUnit { group_size: 5, ..unit("A", 20, 0, 0, true) };
        assert_eq!(Fit::of(small.clone(), 6).misfit, Some(Misfit::GroupSize));
        assert_eq!(Fit::of(small, 5).misfit, None);
        let full = Fit::of(unit("B", 4, 6, 0, true), 1);
        assert_eq!((full.free, full.misfit), (0, Some(Misfit::Capacity)));
    }
}
