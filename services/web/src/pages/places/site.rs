//! A site: where it is, its services with their coordinators, its destinations, its closures (domain §5.2).

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use proto::configuration::v1::{Agency, ListClosuresRequest, ListContactsRequest, Service, Site};

use super::{
    closures::{Closures, RowContext},
    contact::Contact,
    menu::ENTRY,
    rights::Rights,
    units::{Unit, service_names, units},
};
use crate::{
    api::places,
    pages::{occupancy, requests},
    shell::{Layout, PageError, SignedIn, address},
    ui::{Text, render},
};

/// Destinations that the page shows; the others are a link away.
const SHOWN: usize = 100;

/// A service, and who receives its requests.
struct Offered {
    service: Service,
    coordinator: Option<Contact>,
    destinations: u32,
}

#[derive(Template)]
#[template(path = "places/site.html")]
struct Page {
    text: Text,
    layout: Layout,
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

pub(crate) async fn show(user: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let (api, text) = (&user.api, user.text());
    let narrowed = ListClosuresRequest { site_id: id.clone(), ..ListClosuresRequest::default() };
    let (site, services, destinations, closures, contacts) = futures::try_join!(
        places::site(api, &id),
        places::services_of(api, &id),
        places::destinations_of(api, &id, ""),
        places::closures(api, narrowed),
        places::contacts(api, ListContactsRequest { site_id: id.clone(), ..ListContactsRequest::default() }),
    )?;
    let agency = places::agency(api, &site.agency_id).await?;
    let rights = Rights::of(&user.session.me);
    let rows = RowContext::of(&user, &rights, &site, &destinations).rows(closures);
    let keeps = rights.keep_site(&site);
    let add = (keeps && site.active).then(|| address("/places/closures/new", &[("site_id", &id)]));
    let add_agency = (rights.keep_agency(&agency.id) && agency.active)
        .then(|| address("/places/closures/new", &[("agency_id", &agency.id)]));
    let names = service_names(text, &services);
    let count = |service: &Service| {
        let serving = destinations.iter().filter(|d| d.service_ids.contains(&service.id)).count();
        u32::try_from(serving).unwrap_or(u32::MAX)
    };
    let services = services.into_iter().map(|service| Offered {
        destinations: count(&service),
        coordinator: Contact::of(contacts.as_ref(), &service.id),
        service,
    });
    let role = user.session.role();
    let page = Page {
        text,
        layout: user.layout(ENTRY),
        names_people: contacts.is_some(),
        services: services.collect(),
        unit_count: destinations.len(),
        closures: Closures { rows, add, add_agency },
        keeps,
        occupancy: occupancy::ENTRY.is_open_to(role),
        requests: requests::ENTRY.is_open_to(role).then(|| address("/requests", &[("site", &id)])),
        units: units(text, destinations.into_iter().take(SHOWN), &names),
        agency,
        site,
    };
    Ok(render(&page).into_response())
}
