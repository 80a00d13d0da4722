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

use super::read;
use crate::{
    addresses::address,
    api::Api,
    failure::{Trouble, render},
    frame::{Frame, Room},
    text::Text,
    visitor::SignedIn,
};

/// Rows of one page.
const ROWS: i32 = 50;

/// What the address says.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
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

/// A kind of list.
struct Tab {
    label: String,
    address: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "places.html")]
struct Page {
    text: Text,
    frame: Frame,
    asked: Asked,
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

pub(crate) async fn show(signed_in: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Trouble> {
    let (api, text) = (&signed_in.api, signed_in.text());
    let within = async {
        Ok::<_, Status>(match (asked.site_id.as_str(), asked.agency_id.as_str()) {
            ("", "") => None,
            ("", agency_id) => Some(read::agency(api, agency_id).await?.name),
            (site_id, _) => Some(read::site(api, site_id).await?.name),
        })
    };
    let listed = async {
        let (listed, next) = list(api, &asked, ROWS).await?;
        let names = Names::of(api, &listed).await?;
        Ok::<_, Status>((listed, next, names))
    };
    let ((listed, next, names), within) = futures::try_join!(listed, within)?;
    let page = Page {
        text,
        frame: signed_in.frame(Room::Places),
        kind: asked.kind(),
        tabs: tabs(text, &asked),
        listed,
        names,
        within,
        next: (!next.is_empty()).then(|| asked.at("/places", asked.kind(), &next)),
        first: (!asked.page_token.is_empty()).then(|| asked.at("/places", asked.kind(), "")),
        csv: asked.at("/places.csv", asked.kind(), ""),
        finds: matches!(signed_in.session.role(), Role::PlacingCoordinator | Role::ReceivingCoordinator),
        asked,
    };
    Ok(render(&page).into_response())
}

/// One page of what is asked for, and the token of the next one.
///
/// # Errors
/// The gateway's.
pub(super) async fn list(api: &Api, asked: &Asked, page_size: i32) -> Result<(Listed, String), Status> {
    let (query, page_token) = (asked.query.trim().to_owned(), asked.page_token.clone());
    let (site_id, include_inactive) = (asked.site_id.clone(), asked.inactive);
    Ok(match asked.kind() {
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
            let agency_id = asked.agency_id.clone();
            let request = ListSitesRequest { agency_id, query, include_inactive, page_size, page_token };
            let page = api.sites().list_sites(request).await?.into_inner();
            (Listed::Sites(page.sites), page.next_page_token)
        }
    })
}

impl Asked {
    /// The kind of list.
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
    /// Whether nothing was found.
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
    ///
    /// # Errors
    /// The gateway's.
    pub(super) async fn of(api: &Api, listed: &Listed) -> Result<Self, Status> {
        Ok(match listed {
            Listed::Agencies(_) => Self::default(),
            Listed::Sites(_) => Self { agencies: read::agency_names(api).await?, ..Self::default() },
            Listed::Services(rows) => {
                let sites = read::site_names(api, rows.iter().map(|r| r.site_id.as_str()).collect()).await?;
                Self { sites, ..Self::default() }
            }
            Listed::Destinations(rows) => {
                let sites = read::site_names(api, rows.iter().map(|r| r.site_id.as_str()).collect()).await?;
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

fn tabs(text: Text, asked: &Asked) -> Vec<Tab> {
    let tab = |kind: &'static str| Tab {
        label: text.t(&format!("places-kind-{kind}")),
        address: asked.at("/places", kind, ""),
        current: kind == asked.kind(),
    };
    ["sites", "services", "destinations", "agencies"].map(tab).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_kind_of_place_lists_sites() {
        assert_eq!(Asked::default().kind(), "sites");
        assert_eq!(Asked { kind: "people".into(), ..Asked::default() }.kind(), "sites");
        assert_eq!(Asked { kind: "services".into(), ..Asked::default() }.kind(), "services");
    }

    #[test]
    fn another_kind_keeps_the_words_and_leaves_the_page() {
        let asked = Asked { query: "Été".into(), agency_id: "a".into(), page_token: "t".into(), ..Asked::default() };
        assert_eq!(asked.at("/places", "services", ""), "/places?kind=services&query=%C3%89t%C3%A9");
        assert_eq!(
            asked.at("/places", "sites", "u"),
            "/places?kind=sites&query=%C3%89t%C3%A9&agency_id=a&page_token=u"
        );
    }
}
