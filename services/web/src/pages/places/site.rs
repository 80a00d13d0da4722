//! A site: where it is, its services with their coordinators, its destinations, its closures (domain §5.2).

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use proto::configuration::v1::{Agency, Destination, ListClosuresRequest, ListContactsRequest, Service, Site};

use super::{
    Contact,
    closures::{Around, Closures},
    read,
    rights::Rights,
    shifts,
};
use crate::{
    addresses::address,
    failure::{Trouble, render},
    frame::{Frame, Room, is_open_to},
    text::Text,
    visitor::SignedIn,
};

/// Destinations that the page shows; the others are a link away.
const SHOWN: usize = 100;

/// A service, and who receives its requests.
struct Offered {
    service: Service,
    coordinator: Option<Contact>,
    destinations: u32,
}

/// A destination, and what it serves.
pub(crate) struct Unit {
    pub(crate) destination: Destination,
    pub(crate) services: String,
    pub(crate) shifts: String,
}

#[derive(Template)]
#[template(path = "places_site.html")]
struct Page {
    text: Text,
    frame: Frame,
    site: Site,
    agency: Agency,
    services: Vec<Offered>,
    /// Whether the reader may know who coordinates any of them.
    names_people: bool,
    units: Vec<Unit>,
    unit_count: usize,
    closures: Closures,
    keeps: bool,
    occupancy: bool,
    requests: Option<String>,
}

pub(crate) async fn show(signed_in: SignedIn, Path(id): Path<String>) -> Result<Response, Trouble> {
    let (api, text) = (&signed_in.api, signed_in.text());
    let narrowed = ListClosuresRequest { site_id: id.clone(), ..ListClosuresRequest::default() };
    let (site, services, destinations, closures, contacts) = futures::try_join!(
        read::site(api, &id),
        read::services_of(api, &id),
        read::destinations_of(api, &id, ""),
        read::closures(api, narrowed),
        read::contacts(api, ListContactsRequest { site_id: id.clone(), ..ListContactsRequest::default() }),
    )?;
    let agency = read::agency(api, &site.agency_id).await?;
    let rights = Rights(&signed_in.session.me);
    let around =
        Around { text, today: signed_in.env.today(), rights, site: &site, destinations: destinations.as_slice() };
    let rows = around.rows(closures);
    let keeps = rights.keep_site(&site);
    let add = (keeps && site.active).then(|| address("/places/closures/new", &[("site_id", &id)]));
    let add_agency = (rights.keep_agency(&agency.id) && agency.active)
        .then(|| address("/places/closures/new", &[("agency_id", &agency.id)]));
    let names: BTreeMap<_, _> = services.iter().map(|s| (s.id.clone(), text.pick(s.name.as_ref()))).collect();
    let count = |service: &Service| {
        let serving = destinations.iter().filter(|d| d.service_ids.contains(&service.id)).count();
        u32::try_from(serving).unwrap_or(u32::MAX)
    };
    let services = services.into_iter().map(|service| Offered {
        destinations: count(&service),
        coordinator: contacts.as_ref().and_then(|cards| cards.get(&service.id)).map(Contact::from),
        service,
    });
    let role = signed_in.session.role();
    let page = Page {
        text,
        frame: signed_in.frame(Room::Places),
        names_people: contacts.is_some(),
        services: services.collect(),
        unit_count: destinations.len(),
        closures: Closures { rows, add, add_agency },
        keeps,
        occupancy: is_open_to(Room::Occupancy, role),
        requests: is_open_to(Room::Requests, role).then(|| address("/requests", &[("site", &id)])),
        units: units(text, destinations.into_iter().take(SHOWN), &names),
        agency,
        site,
    };
    Ok(render(&page).into_response())
}

/// Destinations with the names of what they serve.
pub(super) fn units(
    text: Text,
    destinations: impl IntoIterator<Item = Destination>,
    names: &BTreeMap<String, String>,
) -> Vec<Unit> {
    let unit = |destination: Destination| {
        let served = destination.service_ids.iter().filter_map(|id| names.get(id)).cloned().collect::<Vec<_>>();
        Unit { services: served.join(", "), shifts: shifts(text, &destination.shifts), destination }
    };
    destinations.into_iter().map(unit).collect()
}
