//! Which places are looked at: what the address names, else those of the reader's grants.

use std::collections::BTreeSet;

use futures::future::try_join_all;
use proto::{
    configuration::v1::{Service, Site},
    identity::v1::{Role, ScopeKind},
    placement::v1::{DestinationOccupancy, GetOccupancyRequest, ListOutboxRequest, UnassignedOccupancy},
};
use tonic::Status;

use super::{query::OccupancyQuery, weeks::Period};
use crate::{
    api::{Api, places},
    shell::{Session, SignedIn},
};

/// Most places of grants that are params for side by side.
const MOST_OWN: usize = 40;

/// What is counted there.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    /// By name.
    pub(crate) destinations: Vec<DestinationOccupancy>,
    /// Requests that name no destination, by service.
    pub(crate) unassigned: Vec<UnassignedOccupancy>,
}

/// One part of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    site_id: String,
    service_id: String,
    destination_id: String,
}

/// What is looked at.
#[derive(Default)]
pub(crate) struct Scope {
    parts: Vec<Part>,
    /// The site, if it is one.
    pub(crate) site: Option<Site>,
    /// The service, if it is one.
    pub(crate) service: Option<Service>,
    /// The unit, if it is one: its id and name.
    pub(crate) destination: Option<(String, String)>,
    /// The reader's own sites, to choose among.
    pub(crate) sites: Vec<Site>,
}

impl Scope {
    /// As the address says, or as the reader's role has it (domain §10).
    pub(crate) async fn of(user: &SignedIn, params: &OccupancyQuery) -> Result<Self, Status> {
        let (api, session) = (&user.api, &user.session);
        let (named, sites) = futures::try_join!(Self::named(api, params), own_sites(api, session))?;
        let mut scope = Self { sites, ..named };
        if scope.parts.is_empty() {
            match scope.sites.first() {
                Some(site) => {
                    scope.parts = vec![Part { site_id: site.id.clone(), ..Part::default() }];
                    scope.site = Some(site.clone());
                }
                None => scope.parts = own_units(session),
            }
        }
        Ok(scope)
    }

    /// The place that the address names, if it names one.
    async fn named(api: &Api, params: &OccupancyQuery) -> Result<Self, Status> {
        let (mut scope, mut site_id) = (Self::default(), params.site_id.clone());
        if !params.service_id.is_empty() {
            let service = places::service(api, &params.service_id).await?;
            // Who changes the site of the form leaves the service behind.
            if site_id.is_empty() || site_id == service.site_id {
                site_id.clone_from(&service.site_id);
                scope.service = Some(service);
            }
        }
        if !params.destination_id.is_empty() {
            let destination = places::destination(api, &params.destination_id).await?;
            if site_id.is_empty() || site_id == destination.site_id {
                site_id.clone_from(&destination.site_id);
                scope.destination = Some((destination.id, destination.name));
            }
        }
        if site_id.is_empty() {
            return Ok(scope);
        }
        scope.site = Some(places::site(api, &site_id).await?);
        scope.parts = vec![Part {
            site_id,
            service_id: scope.service.as_ref().map(|s| s.id.clone()).unwrap_or_default(),
            destination_id: scope.destination.as_ref().map(|(id, _)| id.clone()).unwrap_or_default(),
        }];
        Ok(scope)
    }

    /// The services of the site, to choose among.
    pub(crate) async fn choices(&self, api: &Api) -> Result<Vec<Service>, Status> {
        match &self.site {
            Some(site) => places::services_of(api, &site.id).await,
            None => Ok(Vec::new()),
        }
    }

    /// Whether there is anything to look at.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// How full it is.
    pub(crate) async fn occupancy(&self, api: &Api, period: Period) -> Result<Counted, Status> {
        let params = self.parts.iter().map(|part| async move {
            let request = GetOccupancyRequest {
                site_id: part.site_id.clone(),
                service_id: part.service_id.clone(),
                destination_id: part.destination_id.clone(),
                from_date: period.first.to_string(),
                weeks: period.weeks,
            };
            Ok::<_, Status>(api.requests().get_occupancy(request).await?.into_inner())
        });
        let mut counted = Counted::default();
        for answer in try_join_all(params).await? {
            counted.destinations.extend(answer.destinations);
            counted.unassigned.extend(answer.unassigned);
        }
        if self.parts.len() > 1 {
            counted.destinations.sort_by_cached_key(|row| (kernel::sort_key(&row.name), row.destination_id.clone()));
            counted.destinations.dedup_by(|a, b| a.destination_id == b.destination_id);
        }
        Ok(counted)
    }
}

/// Sites that the reader's grants name, or that belong to agencies they name and have services.
async fn own_sites(api: &Api, session: &Session) -> Result<Vec<Site>, Status> {
    if !receives(session) {
        return Ok(Vec::new());
    }
    let scopes = |kind| session.me.grants.iter().filter(move |g| g.scope_kind() == kind).map(|g| g.scope_id.as_str());
    let single = try_join_all(scopes(ScopeKind::Site).take(MOST_OWN).map(|id| places::site(api, id)));
    let agencies: Vec<_> = scopes(ScopeKind::Agency).collect();
    let of_agencies = try_join_all(agencies.iter().map(|id| places::sites_of(api, id)));
    let (mut sites, of_agencies) = futures::try_join!(single, of_agencies)?;
    let mut below: Vec<_> = of_agencies.into_iter().flatten().collect();
    if below.len() > 1 {
        let services = places::services_of(api, "").await?;
        let serving: BTreeSet<_> = services.iter().map(|s| s.site_id.as_str()).collect();
        below.retain(|site| serving.contains(site.id.as_str()));
    }
    sites.extend(below);
    sites.sort_by_cached_key(|site| (kernel::sort_key(&site.name), site.id.clone()));
    sites.dedup_by(|a, b| a.id == b.id);
    Ok(sites)
}

/// Services and destinations that the reader's grants name.
fn own_units(session: &Session) -> Vec<Part> {
    if !receives(session) {
        return Vec::new();
    }
    let part = |grant: &proto::identity::v1::Grant| match grant.scope_kind() {
        ScopeKind::Service => Some(Part { service_id: grant.scope_id.clone(), ..Part::default() }),
        ScopeKind::Destination => Some(Part { destination_id: grant.scope_id.clone(), ..Part::default() }),
        _ => None,
    };
    session.me.grants.iter().filter_map(part).take(MOST_OWN).collect()
}

fn receives(session: &Session) -> bool {
    matches!(session.role(), Role::ReceivingCoordinator | Role::DestinationCoordinator | Role::DestinationMonitor)
}

/// Sites where a school has requests: where it will look first.
pub(crate) async fn sites_of_requests(api: &Api, session: &Session) -> Result<Vec<(String, String)>, Status> {
    if session.role() != Role::PlacingCoordinator {
        return Ok(Vec::new());
    }
    let request = ListOutboxRequest { page_size: 200, ..ListOutboxRequest::default() };
    let requests = api.requests().list_outbox(request).await?.into_inner().requests;
    let named = requests.into_iter().filter_map(|r| Some((r.names?.site, r.site_id)));
    let mut sites: Vec<_> =
        named.filter(|(name, id)| !name.is_empty() && !id.is_empty()).map(|(n, i)| (i, n)).collect();
    sites.sort_by_cached_key(|(id, name)| (kernel::sort_key(name), id.clone()));
    sites.dedup();
    Ok(sites)
}
