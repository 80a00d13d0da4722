//! A service at a site: who receives its requests, and its destinations (domain §5.3).

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::Query;
use proto::{
    configuration::v1::{ListContactsRequest, Service, Site},
    identity::v1::Role,
};

use super::{
    contact::Contact,
    history::{self, History, HistoryQuery, Profile},
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

#[derive(Template)]
#[template(path = "places/service.html")]
struct Page {
    text: Text,
    layout: Layout,
    history: Option<History>,
    service: Service,
    site: Site,
    coordinator: Option<Contact>,
    /// Whether the reader may know who that is.
    names_people: bool,
    units: Vec<Unit>,
    keeps: bool,
    occupancy: bool,
    requests: Option<String>,
    /// Where one looks for room in this service.
    find: Option<String>,
}

pub(crate) async fn show(
    user: SignedIn,
    Path(id): Path<String>,
    Query(params): Query<HistoryQuery>,
) -> Result<Response, PageError> {
    let (api, text) = (&user.api, user.text());
    let (service, destinations) = futures::try_join!(places::service(api, &id), places::destinations_of(api, "", &id))?;
    let (site, services, history, contacts) = futures::join!(
        places::site(api, &service.site_id),
        places::services_of(api, &service.site_id),
        history::read(&user, Profile::Service(&id), &params),
        places::contacts(api, ListContactsRequest { service_id: id.clone(), ..ListContactsRequest::default() }),
    );
    let (site, contacts) = (site?, contacts?);
    let names = service_names(text, &services?);
    let role = user.session.role();
    let finds = matches!(role, Role::PlacingCoordinator | Role::ReceivingCoordinator) && service.active;
    let page = Page {
        text,
        history: history?,
        layout: user.layout(ENTRY),
        coordinator: Contact::of(contacts.as_ref(), &id),
        names_people: contacts.is_some(),
        units: units(text, destinations, &names),
        keeps: Rights::of(&user.session.me).keep_site(&site),
        occupancy: occupancy::ENTRY.is_open_to(role),
        requests: requests::ENTRY.is_open_to(role).then(|| address("/requests", &[("service", &id)])),
        find: finds.then(|| address("/places/find", &[("service_id", &id)])),
        service,
        site,
    };
    Ok(render(&page).into_response())
}
