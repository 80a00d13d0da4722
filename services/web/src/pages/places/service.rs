//! A service at a site: who receives its requests, and its destinations (domain §5.3).

use std::collections::BTreeMap;

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
    Contact,
    history::{self, Asked, History, Of},
    read,
    rights::Rights,
    site::{Unit, units},
};
use crate::{
    addresses::address,
    failure::{Trouble, render},
    frame::{Frame, Room, is_open_to},
    text::Text,
    visitor::SignedIn,
};

#[derive(Template)]
#[template(path = "places_service.html")]
struct Page {
    text: Text,
    frame: Frame,
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
    signed_in: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let (api, text) = (&signed_in.api, signed_in.text());
    let (service, destinations) = futures::try_join!(read::service(api, &id), read::destinations_of(api, "", &id))?;
    let (site, services, history, contacts) = futures::join!(
        read::site(api, &service.site_id),
        read::services_of(api, &service.site_id),
        history::read(&signed_in, Of::Service(&id), &asked),
        read::contacts(api, ListContactsRequest { service_id: id.clone(), ..ListContactsRequest::default() }),
    );
    let (site, contacts) = (site?, contacts?);
    let names: BTreeMap<_, _> = services?.into_iter().map(|s| (s.id, text.pick(s.name.as_ref()))).collect();
    let role = signed_in.session.role();
    let finds = matches!(role, Role::PlacingCoordinator | Role::ReceivingCoordinator) && service.active;
    let page = Page {
        text,
        history: history?,
        frame: signed_in.frame(Room::Places),
        coordinator: contacts.as_ref().and_then(|cards| cards.get(&id)).map(Contact::from),
        names_people: contacts.is_some(),
        units: units(text, destinations, &names),
        keeps: Rights(&signed_in.session.me).keep_site(&site),
        occupancy: is_open_to(Room::Occupancy, role),
        requests: is_open_to(Room::Requests, role).then(|| address("/requests", &[("service", &id)])),
        find: finds.then(|| address("/places/find", &[("service_id", &id)])),
        service,
        site,
    };
    Ok(render(&page).into_response())
}
