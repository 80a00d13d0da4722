//! Services at sites, for whoever looks for a place (domain §11a).

use jiff::civil::Date;
use kernel::{AgencyId, DateRange, SearchTerms, ServiceId, SiteId, cut_page};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::requests::{Arrival, Fit, MeasuredUnit, Text, ranked};

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

impl FoundPlace {
    /// Its place in the order.
    #[must_use]
    pub fn cursor(&self) -> PlaceCursor {
        let fitting = self.fits.iter().filter(|fit| fit.fits());
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
        self.fits.iter().filter(|fit| fit.fits()).count()
    }
}

/// A page of services with their units, those that fit first. A service without a unit in use is no place.
#[must_use]
pub fn page(query: &PlaceQuery, services: Vec<ServicePlace>, units: Vec<MeasuredUnit>, today: Date) -> PlacePage {
    let arrival = Arrival::of_group(query.students, query.dates.start(), today);
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
