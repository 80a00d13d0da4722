//! The profile of a destination (domain §5.5).

use std::{collections::BTreeMap, slice};

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
    closures::{Closures, RowContext},
    contact::Contact,
    history::{self, History, HistoryQuery, Profile},
    menu::ENTRY,
    rights::Rights,
    words::shifts,
};
use crate::{
    api::places,
    pages::{
        occupancy::{self, Chart, Counted, Links, Period},
        requests,
    },
    shell::{Layout, PageError, SignedIn, address},
    ui::{Text, render},
};

/// Weeks of occupancy that a profile shows.
const WEEKS: &str = "12";

#[derive(Template)]
#[template(path = "places/destination.html")]
struct Page {
    text: Text,
    layout: Layout,
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
    user: SignedIn,
    Path(id): Path<String>,
    Query(params): Query<HistoryQuery>,
) -> Result<Response, PageError> {
    let (api, text) = (&user.api, user.text());
    let narrowed = ListClosuresRequest { destination_id: id.clone(), ..ListClosuresRequest::default() };
    let (destination, closures, contacts, history, chart) = futures::try_join!(
        places::destination(api, &id),
        places::closures(api, narrowed),
        places::contacts(api, ListContactsRequest { destination_id: id.clone(), ..ListContactsRequest::default() }),
        history::read(&user, Profile::Destination(&id), &params),
        chart(&user, &id),
    )?;
    let above = async {
        let site = places::site(api, &destination.site_id).await?;
        let agency = places::agency(api, &site.agency_id).await?;
        Ok::<_, Status>((site, agency))
    };
    let ((site, agency), services) = futures::try_join!(above, places::services_of(api, &destination.site_id))?;
    let rights = Rights::of(&user.session.me);
    let rows = RowContext::of(&user, &rights, &site, slice::from_ref(&destination)).rows(closures);
    let services = served(text, services, &destination);
    let edits = rights.edit(&destination, &site);
    let add = (edits && destination.active).then(|| address("/places/closures/new", &[("destination_id", &id)]));
    let has_requests = requests::ENTRY.is_open_to(user.session.role());
    let page = Page {
        text,
        history,
        layout: user.layout(ENTRY),
        agent: Contact::of(contacts.as_ref(), &id),
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
async fn chart(user: &SignedIn, id: &str) -> Result<Option<Chart>, Status> {
    let role = user.session.role();
    if !occupancy::ENTRY.is_open_to(role) {
        return Ok(None);
    }
    let today = user.env.today();
    let period = Period::of("", WEEKS, today);
    let request = GetOccupancyRequest {
        destination_id: id.to_owned(),
        from_date: period.first.to_string(),
        weeks: period.weeks,
        ..GetOccupancyRequest::default()
    };
    let destinations = match user.api.requests().get_occupancy(request).await {
        Ok(answer) => answer.into_inner().destinations,
        // A destination that has just been added reaches the counts a moment later.
        Err(status) if status.code() == tonic::Code::NotFound => Vec::new(),
        Err(status) => return Err(status),
    };
    let links =
        Links { has_requests: requests::ENTRY.is_open_to(role), site_id: String::new(), service_id: String::new() };
    let counted = Counted { destinations, ..Counted::default() };
    Ok(Some(Chart::draw(user.text(), period, today, counted, "", &links)).filter(|chart| !chart.rows.is_empty()))
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
    let known = services.iter().filter_map(|(name, id)| Some((name.clone(), Contact::of(contacts, id)?)));
    known.collect()
}

/// A text in the reader's language, else in the other one: either may be missing (domain §5.5).
fn either(text: Text, words: Option<&proto::text::v1::LocalizedText>) -> String {
    let own = text.pick(words);
    if own.trim().is_empty() { text.other().pick(words) } else { own }
}
