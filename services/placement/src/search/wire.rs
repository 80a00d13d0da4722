//! Places to send students to.

use kernel::{Fields, Invalid, SearchTerms};
use proto::placement::v1::{
    FindPlacesRequest, FindPlacesResponse, FittingDestination, Place, SuggestDestinationsResponse,
};

use super::domain::{FoundPlace, PlaceCursor, PlacePage, PlaceQuery, ServicePlace};
use crate::requests::{Fit, misfit, period};

/// Most characters of a search.
const QUERY: usize = 100;
/// How many destinations of a service are shown where many services are.
const BEST: usize = 5;

/// Parses FindPlaces; `page_size` and `after` are what the page's size and token stand for.
///
/// # Errors
/// Every fault.
pub fn find_places(
    message: &FindPlacesRequest,
    page_size: i64,
    after: Option<PlaceCursor>,
) -> Result<PlaceQuery, Invalid> {
    let mut fields = Fields::default();
    let service = fields.optional_id("service_id", &message.service_id);
    let site = fields.optional_id("site_id", &message.site_id);
    let dates = period(&mut fields, ("start_date", &message.start_date), ("end_date", &message.end_date));
    let students = fields.number("student_count", message.student_count, 0..=99);
    let query = fields.text("query", &message.query, 0..=QUERY);
    fields.finish(|| {
        Some(PlaceQuery {
            service: service?,
            site: site?,
            dates: dates?,
            students: students?.max(1),
            query: SearchTerms::of(&query?),
            page_size,
            after,
        })
    })
}

/// Writes a page; all destinations where one service was asked for.
#[must_use]
pub fn places(page: PlacePage, next_page_token: String, query: &PlaceQuery) -> FindPlacesResponse {
    let shown = if query.service.is_some() { usize::MAX } else { BEST };
    FindPlacesResponse {
        places: page.places.into_iter().map(|found| place(found, shown)).collect(),
        next_page_token,
        total_size: i32::try_from(page.total).unwrap_or(i32::MAX),
    }
}

/// Writes the suggestions.
#[must_use]
pub fn suggestions(fits: Vec<Fit>) -> SuggestDestinationsResponse {
    SuggestDestinationsResponse { destinations: fits.into_iter().map(destination).collect() }
}

fn place(found: FoundPlace, shown: usize) -> Place {
    let fitting = found.fitting();
    let ServicePlace { service, service_name, site, site_name, agency, agency_name, is_user } = found.place;
    Place {
        service_id: service.to_string(),
        service: Some(service_name.into()),
        site_id: site.to_string(),
        site: site_name,
        agency_id: agency.to_string(),
        agency: agency_name,
        user: is_user,
        fits: fitting > 0,
        fitting: i32::try_from(fitting).unwrap_or(i32::MAX),
        destinations: found.fits.into_iter().take(shown).map(destination).collect(),
    }
}

fn destination(fit: Fit) -> FittingDestination {
    let Fit { unit, free, late_by_days, misfits } = fit;
    FittingDestination {
        destination_id: unit.id.to_string(),
        name: unit.name,
        capacity: unit.capacity,
        accepted: unit.accepted,
        pending: unit.pending,
        free,
        fits: misfits.is_empty(),
        misfit: misfits.first().copied().map(misfit).unwrap_or_default().into(),
        electronic: unit.electronic,
        late_by_days,
    }
}
