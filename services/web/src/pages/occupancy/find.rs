//! Places to look at, by their names.

use proto::configuration::v1::{ListDestinationsRequest, ListServicesRequest, ListSitesRequest};
use tonic::Status;

use super::query::OccupancyQuery;
use crate::{
    api::{Api, places},
    shell::address,
    ui::Text,
};

/// Places of each kind that a search shows.
const FOUND: i32 = 20;

/// Somewhere to look.
pub(super) struct Found {
    pub(super) address: String,
    pub(super) name: String,
    pub(super) detail: String,
}

impl Found {
    /// A place to look at, in the same weeks.
    pub(super) fn of(params: &OccupancyQuery, kind: &str, id: &str, name: String, detail: String) -> Self {
        let parameters = [(kind, id), ("from_date", &params.from_date), ("weeks", &params.weeks)];
        Self { address: address("/occupancy", &parameters), name, detail }
    }
}

/// Sites, services and destinations whose name holds what was typed.
pub(super) async fn find(api: &Api, text: Text, params: &OccupancyQuery) -> Result<Vec<Found>, Status> {
    let query = params.query.trim();
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let (mut sites, mut services, mut destinations) = (api.sites(), api.services(), api.destinations());
    let (query, page_size) = (query.to_owned(), FOUND);
    let (sites, services, destinations) = futures::try_join!(
        sites.list_sites(ListSitesRequest { query: query.clone(), page_size, ..ListSitesRequest::default() }),
        services.list_services(ListServicesRequest {
            query: query.clone(),
            page_size,
            ..ListServicesRequest::default()
        }),
        destinations.list_destinations(ListDestinationsRequest {
            query,
            page_size,
            ..ListDestinationsRequest::default()
        }),
    )?;
    let (services, destinations) = (services.into_inner().services, destinations.into_inner().destinations);
    let places: Vec<_> =
        services.iter().map(|s| s.site_id.as_str()).chain(destinations.iter().map(|d| d.site_id.as_str())).collect();
    let names = places::site_names(api, places).await?;
    let at = |site_id: &str| names.get(site_id).cloned().unwrap_or_default();
    let mut found = Vec::new();
    for site in sites.into_inner().sites {
        found.push(Found::of(params, "site_id", &site.id, site.name, site.city));
    }
    for service in services {
        found.push(Found::of(
            params,
            "service_id",
            &service.id,
            text.pick(service.name.as_ref()),
            at(&service.site_id),
        ));
    }
    for destination in destinations {
        found.push(Found::of(params, "destination_id", &destination.id, destination.name, at(&destination.site_id)));
    }
    Ok(found)
}
