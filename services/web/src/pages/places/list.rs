//! Lists of agencies, sites, services and destinations, narrowed down by words.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use proto::{
    configuration::v1::{
        Agency, AgencyKind, Destination, ListAgenciesRequest, ListDestinationsRequest, ListServicesRequest,
        ListSitesRequest, Service, Site,
    },
    identity::v1::Role,
};
use serde::Deserialize;
use tonic::Status;

use super::menu::ENTRY;
use crate::{
    api::{Api, places},
    shell::{Layout, PageError, SignedIn, address},
    ui::{Text, render},
};

const ROWS: i32 = 50;

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PlacesQuery {
    kind: String,
    query: String,
    agency_id: String,
    site_id: String,
    inactive: bool,
    page_token: String,
}

/// One page of one kind of places.
pub(crate) enum Listed {
    Agencies(Vec<Agency>),
    Sites(Vec<Site>),
    Services(Vec<Service>),
    Destinations(Vec<Destination>),
}

/// The names of what rows refer to.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) agencies: BTreeMap<String, String>,
    pub(crate) sites: BTreeMap<String, String>,
}

struct Tab {
    label: String,
    address: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "places/list.html")]
struct Page {
    text: Text,
    layout: Layout,
    params: PlacesQuery,
    kind: &'static str,
    tabs: Vec<Tab>,
    listed: Listed,
    names: Names,
    /// What the list is narrowed down to besides words: an agency, a site.
    within: Option<String>,
    next: Option<String>,
    first: Option<String>,
    csv: String,
    finds: bool,
}

pub(crate) async fn show(user: SignedIn, Query(params): Query<PlacesQuery>) -> Result<Response, PageError> {
    let (api, text) = (&user.api, user.text());
    let within = async {
        Ok::<_, Status>(match (params.site_id.as_str(), params.agency_id.as_str()) {
            ("", "") => None,
            ("", agency_id) => Some(places::agency(api, agency_id).await?.name),
            (site_id, _) => Some(places::site(api, site_id).await?.name),
        })
    };
    let listed = async {
        let (listed, next) = list(api, &params, ROWS).await?;
        let names = Names::of(api, &listed).await?;
        Ok::<_, Status>((listed, next, names))
    };
    let ((listed, next, names), within) = futures::try_join!(listed, within)?;
    let page = Page {
        text,
        layout: user.layout(ENTRY),
        kind: params.kind(),
        tabs: tabs(text, &params),
        listed,
        names,
        within,
        next: (!next.is_empty()).then(|| params.at("/places", params.kind(), &next)),
        first: (!params.page_token.is_empty()).then(|| params.at("/places", params.kind(), "")),
        csv: params.at("/places.csv", params.kind(), ""),
        finds: matches!(user.session.role(), Role::PlacingCoordinator | Role::ReceivingCoordinator),
        params,
    };
    Ok(render(&page).into_response())
}

/// One page of what is params for, and the token of the next one.
pub(super) async fn list(api: &Api, params: &PlacesQuery, page_size: i32) -> Result<(Listed, String), Status> {
    let (query, page_token) = (params.query.trim().to_owned(), params.page_token.clone());
    let (site_id, include_inactive) = (params.site_id.clone(), params.inactive);
    Ok(match params.kind() {
        "agencies" => {
            let kind = AgencyKind::Receiving.into();
            let request = ListAgenciesRequest { kind, query, include_inactive, page_size, page_token };
            let page = api.agencies().list_agencies(request).await?.into_inner();
            (Listed::Agencies(page.agencies), page.next_page_token)
        }
        "services" => {
            let request = ListServicesRequest { site_id, query, include_inactive, page_size, page_token };
            let page = api.services().list_services(request).await?.into_inner();
            (Listed::Services(page.services), page.next_page_token)
        }
        "destinations" => {
            let service_id = String::new();
            let request =
                ListDestinationsRequest { site_id, service_id, query, include_inactive, page_size, page_token };
            let page = api.destinations().list_destinations(request).await?.into_inner();
            (Listed::Destinations(page.destinations), page.next_page_token)
        }
        _ => {
            let agency_id = params.agency_id.clone();
            let request = ListSitesRequest { agency_id, query, include_inactive, page_size, page_token };
            let page = api.sites().list_sites(request).await?.into_inner();
            (Listed::Sites(page.sites), page.next_page_token)
        }
    })
}

impl PlacesQuery {
    pub(super) fn kind(&self) -> &'static str {
        ["agencies", "services", "destinations"].into_iter().find(|kind| *kind == self.kind).unwrap_or("sites")
    }

    /// The same from where a page ended.
    pub(super) fn after(&self, page_token: String) -> Self {
        Self { page_token, ..self.clone() }
    }

    fn at(&self, path: &str, kind: &str, page_token: &str) -> String {
        let agency_id = if kind == "sites" { self.agency_id.as_str() } else { "" };
        let site_id = if matches!(kind, "services" | "destinations") { self.site_id.as_str() } else { "" };
        let inactive = if self.inactive { "true" } else { "" };
        address(
            path,
            &[
                ("kind", kind),
                ("query", self.query.trim()),
                ("agency_id", agency_id),
                ("site_id", site_id),
                ("inactive", inactive),
                ("page_token", page_token),
            ],
        )
    }
}

impl Listed {
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Agencies(rows) => rows.is_empty(),
            Self::Sites(rows) => rows.is_empty(),
            Self::Services(rows) => rows.is_empty(),
            Self::Destinations(rows) => rows.is_empty(),
        }
    }
}

impl Names {
    /// Of what some rows refer to.
    pub(super) async fn of(api: &Api, listed: &Listed) -> Result<Self, Status> {
        Ok(match listed {
            Listed::Agencies(_) => Self::default(),
            Listed::Sites(_) => Self { agencies: places::agency_names(api).await?, ..Self::default() },
            Listed::Services(rows) => {
                let sites = places::site_names(api, rows.iter().map(|r| r.site_id.as_str()).collect()).await?;
                Self { sites, ..Self::default() }
            }
            Listed::Destinations(rows) => {
                let sites = places::site_names(api, rows.iter().map(|r| r.site_id.as_str()).collect()).await?;
                Self { sites, ..Self::default() }
            }
        })
    }

    /// The name of an agency.
    pub(crate) fn agency(&self, id: &str) -> &str {
        self.agencies.get(id).map_or("", String::as_str)
    }

    /// The name of a site.
    pub(crate) fn site(&self, id: &str) -> &str {
        self.sites.get(id).map_or("", String::as_str)
    }
}

fn tabs(text: Text, params: &PlacesQuery) -> Vec<Tab> {
    let tab = |kind: &'static str| Tab {
        label: text.t(&format!("places-kind-{kind}")),
        address: params.at("/places", kind, ""),
        current: kind == params.kind(),
    };
    ["sites", "services", "destinations", "agencies"].map(tab).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_kind_of_place_lists_sites() {
        assert_eq!(PlacesQuery::default().kind(), "sites");
        assert_eq!(PlacesQuery { kind: "people".into(), ..PlacesQuery::default() }.kind(), "sites");
        assert_eq!(PlacesQuery { kind: "services".into(), ..PlacesQuery::default() }.kind(), "services");
    }

    #[test]
    fn another_kind_keeps_the_words_and_leaves_the_page() {
        let params = PlacesQuery {
            query: "Été".into(),
            agency_id: "a".into(),
            page_token: "t".into(),
            ..PlacesQuery::default()
        };
        assert_eq!(params.at("/places", "services", ""), "/places?kind=services&query=%C3%89t%C3%A9");
        assert_eq!(
            params.at("/places", "sites", "u"),
            "/places?kind=sites&query=%C3%89t%C3%A9&agency_id=a&page_token=u"
        );
    }
}
