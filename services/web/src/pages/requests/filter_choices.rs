//! What the filters offer: terms, places and programs, asked of the gateway as far as the person's role needs them.

use std::collections::HashMap;

use futures::future::{join_all, try_join, try_join3};
use proto::{
    configuration::v1::{
        GetDestinationRequest, ListAgenciesRequest, ListDestinationsRequest, ListProgramsRequest, ListServicesRequest,
        ListSitesRequest, ListTermsRequest, Program, Term,
    },
    identity::v1::{Role, ScopeKind},
};
use tonic::Status;

use super::filters::Filters;
use crate::{
    shell::SignedIn,
    ui::{Choice, Text},
};

/// Most options of one choice.
const MOST: i32 = 500;

/// The options of place and program. What is empty is not offered.
#[derive(Default)]
pub(crate) struct Places {
    pub(crate) sites: Vec<Choice>,
    pub(crate) services: Vec<Choice>,
    pub(crate) destinations: Vec<Choice>,
    pub(crate) programs: Vec<Choice>,
}

/// The province's terms, in the order of their dates.
pub(crate) async fn terms(user: &SignedIn) -> Result<Vec<Term>, Status> {
    let message = ListTermsRequest { page_size: MOST, ..ListTermsRequest::default() };
    Ok(user.api.terms().list_terms(message).await?.into_inner().terms)
}

impl Places {
    /// For the person's role. Services and destinations are offered once a site is chosen; who answers for destinations is
    /// offered those.
    pub(crate) async fn of(user: &SignedIn, filters: &Filters) -> Result<Self, Status> {
        let text = user.text();
        if is_of_destinations(user) {
            let (destinations, programs) =
                try_join(own_destinations(user, &filters.destination), programs(user, &filters.program)).await?;
            return Ok(Self {
                destinations: with_chosen(text, destinations, &filters.destination),
                programs,
                ..Self::default()
            });
        }
        let (sites, inside, programs) = try_join3(
            sites(user, &filters.site),
            services_and_destinations(user, filters),
            programs(user, &filters.program),
        )
        .await?;
        let (services, destinations) = inside;
        Ok(Self {
            sites: with_chosen(text, sites, &filters.site),
            services: with_chosen(text, services, &filters.service),
            destinations: with_chosen(text, destinations, &filters.destination),
            programs,
        })
    }
}

/// Whether the person deals with some destinations and nothing wider.
fn is_of_destinations(user: &SignedIn) -> bool {
    let grants = &user.session.me.grants;
    !grants.is_empty() && grants.iter().all(|grant| grant.scope_kind() == ScopeKind::Destination)
}

fn own_agency(user: &SignedIn) -> String {
    user.session.me.person.as_ref().map(|person| person.agency_id.clone()).unwrap_or_default()
}

/// The sites that a person deals with: the own agency's on the receiving side, all for a school.
pub(crate) async fn sites(user: &SignedIn, chosen: &str) -> Result<Vec<Choice>, Status> {
    let agency_id = if user.session.role() == Role::PlacingCoordinator { String::new() } else { own_agency(user) };
    let message = ListSitesRequest { agency_id, page_size: MOST, ..ListSitesRequest::default() };
    let mut sites = user.api.sites().list_sites(message).await?.into_inner().sites;
    let grants = &user.session.me.grants;
    if !grants.is_empty() && grants.iter().all(|grant| grant.scope_kind() == ScopeKind::Site) {
        sites.retain(|site| grants.iter().any(|grant| grant.scope_id == site.id));
    }
    Ok(sites.into_iter().map(|site| Choice::new(&site.id, site.name, chosen)).collect())
}

async fn services_and_destinations(user: &SignedIn, filters: &Filters) -> Result<(Vec<Choice>, Vec<Choice>), Status> {
    if filters.site.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let text = user.text();
    let services = async {
        let site_id = filters.site.clone();
        let message = ListServicesRequest { site_id, page_size: MOST, ..ListServicesRequest::default() };
        Ok::<_, Status>(user.api.services().list_services(message).await?.into_inner().services)
    };
    let destinations = async {
        let (site_id, service_id) = (filters.site.clone(), filters.service.clone());
        let message = ListDestinationsRequest { site_id, service_id, page_size: MOST, ..Default::default() };
        Ok(user.api.destinations().list_destinations(message).await?.into_inner().destinations)
    };
    let (services, destinations) = try_join(services, destinations).await?;
    let services = services.iter().map(|s| Choice::new(&s.id, text.pick(s.name.as_ref()), &filters.service));
    let destinations = destinations.into_iter().map(|d| Choice::new(&d.id, d.name, &filters.destination));
    Ok((services.collect(), destinations.collect()))
}

async fn own_destinations(user: &SignedIn, chosen: &str) -> Result<Vec<Choice>, Status> {
    let granted = user.session.me.grants.iter().filter(|grant| grant.scope_kind() == ScopeKind::Destination);
    let read = granted.map(|grant| async {
        let message = GetDestinationRequest { destination_id: grant.scope_id.clone() };
        user.api.destinations().get_destination(message).await
    });
    let mut choices = Vec::new();
    for answer in join_all(read).await {
        let Some(destination) = answer?.into_inner().destination else { continue };
        choices.push(Choice::new(&destination.id, destination.name, chosen));
    }
    Ok(choices)
}

/// The programs that a person deals with: the own ones of a school, all with their schools on the receiving side.
pub(crate) async fn programs(user: &SignedIn, chosen: &str) -> Result<Vec<Choice>, Status> {
    let text = user.text();
    let of_school = user.session.role() == Role::PlacingCoordinator;
    let agency_id = if of_school { own_agency(user) } else { String::new() };
    let list = async {
        let message = ListProgramsRequest { agency_id, page_size: MOST, ..ListProgramsRequest::default() };
        Ok::<_, Status>(user.api.programs().list_programs(message).await?.into_inner().programs)
    };
    let (programs, schools) =
        if of_school { (list.await?, HashMap::new()) } else { try_join(list, schools(user)).await? };
    let label = |program: &Program| match schools.get(&program.agency_id) {
        Some(school) => format!("{} – {school}", text.pick(program.name.as_ref())),
        None => text.pick(program.name.as_ref()),
    };
    let choices = programs.iter().map(|program| Choice::new(&program.id, label(program), chosen)).collect();
    Ok(with_chosen(text, choices, chosen))
}

async fn schools(user: &SignedIn) -> Result<HashMap<String, String>, Status> {
    let message = ListAgenciesRequest { page_size: MOST, ..ListAgenciesRequest::default() };
    let agencies = user.api.agencies().list_agencies(message).await?.into_inner().agencies;
    Ok(agencies.into_iter().map(|agency| (agency.id, agency.name)).collect())
}

/// What an address chose stays chosen, even where it is not offered.
pub(crate) fn with_chosen(text: Text, mut choices: Vec<Choice>, chosen: &str) -> Vec<Choice> {
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.selected) {
        choices.insert(0, Choice::new(chosen, text.t("requests-chosen"), chosen));
    }
    choices
}
