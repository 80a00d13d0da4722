//! What the gateway knows of places.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::try_join_all;
use proto::{
    configuration::v1::{
        Agency, AgencyKind, Closure, Destination, GetAgencyRequest, GetClosureRequest, GetDestinationRequest,
        GetServiceRequest, GetSiteRequest, ListAgenciesRequest, ListClosuresRequest, ListContactsRequest,
        ListDestinationsRequest, ListServicesRequest, ListSitesRequest, Service, Site,
    },
    identity::v1::{BusinessCard, ListPeopleRequest, Person},
};
use tonic::{Code, Status};

use super::client::Api;

/// The most that a list gives at once.
pub(crate) const ALL: i32 = 500;
/// Things that are read one by one; of more the whole list is read.
const FEW: usize = 6;
/// Pages that are read of what people choose from; what is beyond is found by searching.
const PAGES: usize = 4;

/// Reads one thing by its id.
macro_rules! one {
    ($($name:ident: $kind:ident = $client:ident.$method:ident($request:ident . $id:ident)),* $(,)?) => {$(
        pub(crate) async fn $name(api: &Api, id: &str) -> Result<$kind, Status> {
            let answer = api.$client().$method($request { $id: id.to_owned() }).await?.into_inner();
            answer.$name.ok_or_else(|| Status::internal("an answer without its subject"))
        }
    )*};
}

one! {
    agency: Agency = agencies.get_agency(GetAgencyRequest.agency_id),
    site: Site = sites.get_site(GetSiteRequest.site_id),
    service: Service = services.get_service(GetServiceRequest.service_id),
    destination: Destination = destinations.get_destination(GetDestinationRequest.destination_id),
    closure: Closure = closures.get_closure(GetClosureRequest.closure_id),
}

/// The first sites of an agency.
pub(crate) async fn sites_of(api: &Api, agency_id: &str) -> Result<Vec<Site>, Status> {
    let request = ListSitesRequest { agency_id: agency_id.to_owned(), page_size: ALL, ..ListSitesRequest::default() };
    Ok(api.sites().list_sites(request).await?.into_inner().sites)
}

/// The services of a site; of all sites where it is empty.
pub(crate) async fn services_of(api: &Api, site_id: &str) -> Result<Vec<Service>, Status> {
    let mut services = Vec::new();
    let mut request =
        ListServicesRequest { site_id: site_id.to_owned(), page_size: ALL, ..ListServicesRequest::default() };
    for _ in 0..PAGES {
        let page = api.services().list_services(request.clone()).await?.into_inner();
        services.extend(page.services);
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    Ok(services)
}

/// The destinations of a site, or of one service.
pub(crate) async fn destinations_of(api: &Api, site_id: &str, service_id: &str) -> Result<Vec<Destination>, Status> {
    let request = ListDestinationsRequest {
        site_id: site_id.to_owned(),
        service_id: service_id.to_owned(),
        page_size: ALL,
        ..ListDestinationsRequest::default()
    };
    Ok(api.destinations().list_destinations(request).await?.into_inner().destinations)
}

/// Closures now and ahead, as narrowed down.
pub(crate) async fn closures(api: &Api, narrowed: ListClosuresRequest) -> Result<Vec<Closure>, Status> {
    let request = ListClosuresRequest { page_size: ALL, ..narrowed };
    Ok(api.closures().list_closures(request).await?.into_inner().closures)
}

/// Whom one turns to about a place, by the service or destination that they answer for; nothing where the reader may not
/// know.
pub(crate) async fn contacts(
    api: &Api,
    request: ListContactsRequest,
) -> Result<Option<BTreeMap<String, BusinessCard>>, Status> {
    let contacts = match api.contacts().list_contacts(request).await {
        Ok(answer) => answer.into_inner().contacts,
        Err(status) if status.code() == Code::PermissionDenied => return Ok(None),
        Err(status) => return Err(status),
    };
    let by_place = contacts.into_iter().filter_map(|contact| {
        let place = if contact.service_id.is_empty() { contact.destination_id } else { contact.service_id };
        contact.card.map(|card| (place, card))
    });
    Ok(Some(by_place.collect()))
}

/// The people of an agency, to choose from.
pub(crate) async fn people_of(api: &Api, agency_id: &str) -> Result<Vec<Person>, Status> {
    let mut people = Vec::new();
    let mut request =
        ListPeopleRequest { agency_id: agency_id.to_owned(), page_size: 200, ..ListPeopleRequest::default() };
    for _ in 0..PAGES {
        let page = api.people().list_people(request.clone()).await?.into_inner();
        people.extend(page.people);
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    Ok(people)
}

/// Names of sites by their ids: each read once, or all at once where they are many.
pub(crate) async fn site_names(api: &Api, ids: Vec<&str>) -> Result<BTreeMap<String, String>, Status> {
    let ids: BTreeSet<_> = ids.into_iter().filter(|id| !id.is_empty()).collect();
    if ids.len() > FEW {
        return all_site_names(api).await;
    }
    let sites = try_join_all(ids.into_iter().map(|id| site(api, id))).await?;
    Ok(sites.into_iter().map(|site| (site.id, site.name)).collect())
}

/// Names of all health organisations by their ids.
pub(crate) async fn agency_names(api: &Api) -> Result<BTreeMap<String, String>, Status> {
    let request = ListAgenciesRequest {
        kind: AgencyKind::Receiving.into(),
        include_inactive: true,
        page_size: ALL,
        ..ListAgenciesRequest::default()
    };
    let agencies = api.agencies().list_agencies(request).await?.into_inner().agencies;
    Ok(agencies.into_iter().map(|agency| (agency.id, agency.name)).collect())
}

/// Names of all sites by their ids.
pub(crate) async fn all_site_names(api: &Api) -> Result<BTreeMap<String, String>, Status> {
    let mut names = BTreeMap::new();
    let mut request = ListSitesRequest { include_inactive: true, page_size: ALL, ..ListSitesRequest::default() };
    loop {
        let page = api.sites().list_sites(request.clone()).await?.into_inner();
        names.extend(page.sites.into_iter().map(|site| (site.id, site.name)));
        if page.next_page_token.is_empty() {
            return Ok(names);
        }
        request.page_token = page.next_page_token;
    }
}
