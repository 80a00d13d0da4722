//! The profile of a destination (domain §5.5).

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::Query;
use proto::{
    configuration::v1::{Agency, Destination, ListClosuresRequest, ListContactsRequest, Service, Site},
    identity::v1::BusinessCard,
    placement::v1::GetOccupancyRequest,
};
use tonic::Status;

use super::{
    Contact,
    closures::{Around, Closures},
    history::{self, Asked, History, Of},
    read,
    rights::Rights,
    shifts,
};
use crate::{
    addresses::address,
    failure::{Trouble, render},
    frame::{Frame, Room, is_open_to},
    pages::occupancy::{Chart, Links, Period},
    text::Text,
    visitor::SignedIn,
};

/// Weeks of occupancy that a profile shows.
const WEEKS: &str = "12";

#[derive(Template)]
#[template(path = "places_destination.html")]
struct Page {
    text: Text,
    frame: Frame,
    history: Option<History>,
    destination: Destination,
    site: Site,
    agency: Agency,
    services: Vec<(String, String)>,
    agent: Option<Contact>,
    /// Who receives the requests of each service, by its name.
    coordinators: Vec<(String, Contact)>,
    /// Whether the reader may know who people are.
    names_people: bool,
    shifts: String,
    description: String,
    prerequisites: String,
    chart: Option<Chart>,
    closures: Closures,
    edits: bool,
    requests: Option<String>,
}

pub(crate) async fn show(
    signed_in: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let (api, text) = (&signed_in.api, signed_in.text());
    let narrowed = ListClosuresRequest { destination_id: id.clone(), ..ListClosuresRequest::default() };
    let (destination, closures, contacts, history, chart) = futures::try_join!(
        read::destination(api, &id),
        read::closures(api, narrowed),
        read::contacts(api, ListContactsRequest { destination_id: id.clone(), ..ListContactsRequest::default() }),
        history::read(&signed_in, Of::Destination(&id), &asked),
        chart(&signed_in, &id),
    )?;
    let above = async {
        let site = read::site(api, &destination.site_id).await?;
        let agency = read::agency(api, &site.agency_id).await?;
        Ok::<_, Status>((site, agency))
    };
    let ((site, agency), services) = futures::try_join!(above, read::services_of(api, &destination.site_id))?;
    let rights = Rights(&signed_in.session.me);
    let destinations = [destination];
    let around = Around { text, today: signed_in.env.today(), rights, site: &site, destinations: &destinations };
    let rows = around.rows(closures);
    let services = served(text, services, &destinations[0]);
    let [destination] = destinations;
    let edits = rights.edit(&destination, &site);
    let add = (edits && destination.active).then(|| address("/places/closures/new", &[("destination_id", &id)]));
    let has_requests = is_open_to(Room::Requests, signed_in.session.role());
    let page = Page {
        text,
        history,
        frame: signed_in.frame(Room::Places),
        agent: contacts.as_ref().and_then(|cards| cards.get(&id)).map(Contact::from),
        coordinators: coordinators(&services, contacts.as_ref()),
        names_people: contacts.is_some(),
        services,
        shifts: shifts(text, &destination.shifts),
        description: either(text, destination.description.as_ref()),
        prerequisites: either(text, destination.prerequisites.as_ref()),
        chart,
        closures: Closures { rows, add, add_agency: None },
        edits,
        requests: has_requests.then(|| address("/requests", &[("destination", &id)])),
        destination,
        site,
        agency,
    };
    Ok(render(&page).into_response())
}

/// The next weeks, for those who may see how full units are.
async fn chart(signed_in: &SignedIn, id: &str) -> Result<Option<Chart>, Status> {
    let role = signed_in.session.role();
    if !is_open_to(Room::Occupancy, role) {
        return Ok(None);
    }
    let today = signed_in.env.today();
    let period = Period::of("", WEEKS, today);
    let request = GetOccupancyRequest {
        destination_id: id.to_owned(),
        from_date: period.first.to_string(),
        weeks: period.weeks,
        ..GetOccupancyRequest::default()
    };
    let rows = match signed_in.api.requests().get_occupancy(request).await {
        Ok(answer) => answer.into_inner().destinations,
        // A destination that has just been added reaches the counts a moment later.
        Err(status) if status.code() == tonic::Code::NotFound => Vec::new(),
        Err(status) => return Err(status),
    };
    let links =
        Links { has_requests: is_open_to(Room::Requests, role), site_id: String::new(), service_id: String::new() };
    Ok(Some(Chart::draw(signed_in.text(), period, today, rows, "", &links)).filter(|chart| !chart.rows.is_empty()))
}

fn served(text: Text, services: Vec<Service>, destination: &Destination) -> Vec<(String, String)> {
    let of_it = services.into_iter().filter(|s| destination.service_ids.contains(&s.id));
    of_it.map(|s| (text.pick(s.name.as_ref()), s.id)).collect()
}

/// The coordinators of the services that it serves, where a coordinator is known.
fn coordinators(
    services: &[(String, String)],
    contacts: Option<&BTreeMap<String, BusinessCard>>,
) -> Vec<(String, Contact)> {
    let known = services.iter().filter_map(|(name, id)| Some((name.clone(), contacts?.get(id)?.into())));
    known.collect()
}

/// A text in the reader's language, else in the other one: either may be missing (domain §5.5).
fn either(text: Text, words: Option<&proto::text::v1::LocalizedText>) -> String {
    let own = text.pick(words);
    if own.trim().is_empty() { text.other().pick(words) } else { own }
}
