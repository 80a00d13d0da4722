//! How full units are: a table of destinations and weeks, as a heat map whose every cell also says it in words (domain §10).

mod cell;
mod chart;
mod ground;
mod weeks;

use askama::Template;
use axum::{
    Router,
    response::{IntoResponse as _, Response},
    routing::get,
};
use axum_extra::extract::Query;
use jiff::ToSpan as _;
use proto::configuration::v1::{ListDestinationsRequest, ListServicesRequest, ListSitesRequest, Service};
use serde::Deserialize;
use tonic::Status;

pub(crate) use self::{
    chart::{Chart, Links},
    weeks::Period,
};
use self::{ground::Ground, weeks::sunday};
use super::places::read;
use crate::{
    Pages,
    addresses::address,
    api::Api,
    failure::{Trouble, render},
    frame::{Frame, Room, is_open_to},
    sheet,
    text::Text,
    visitor::SignedIn,
};

/// Places of each kind that a search shows.
const FOUND: i32 = 20;

/// The rooms of this page.
pub(crate) fn routes() -> Router<Pages> {
    Router::new().route("/occupancy", get(show)).route("/occupancy.csv", get(export))
}

/// What the address says.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    site_id: String,
    service_id: String,
    destination_id: String,
    from_date: String,
    weeks: String,
    query: String,
    page: String,
}

/// Somewhere to look.
struct Found {
    address: String,
    name: String,
    beside: String,
}

#[derive(Template)]
#[template(path = "occupancy.html")]
struct Page {
    text: Text,
    frame: Frame,
    ground: Ground,
    /// Services of the site, to choose among.
    services: Vec<Service>,
    period: Period,
    chart: Option<Chart>,
    addresses: Addresses,
    query: String,
    found: Vec<Found>,
    found_title: String,
    /// Where the reader will look first, if nothing is looked at.
    likely: Vec<Found>,
}

/// Other views of the same.
struct Addresses {
    before: String,
    today: String,
    after: String,
    csv: String,
    all: String,
    rows_before: Option<String>,
    rows_after: Option<String>,
}

async fn show(signed_in: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Trouble> {
    let (api, text) = (&signed_in.api, signed_in.text());
    let today = signed_in.env.today();
    let period = Period::of(&asked.from_date, &asked.weeks, today);
    let looked = async {
        let ground = Ground::of(&signed_in, &asked).await?;
        let (rows, services) = futures::try_join!(ground.occupancy(api, period), ground.choices(api))?;
        let rows = (!ground.is_empty()).then_some(rows);
        Ok::<_, Status>((ground, rows, services))
    };
    let ((ground, rows, services), found) = futures::try_join!(looked, find(api, text, &asked))?;
    let links = Links {
        has_requests: is_open_to(Room::Requests, signed_in.session.role()),
        site_id: ground.site.as_ref().map(|site| site.id.clone()).unwrap_or_default(),
        service_id: ground.service.as_ref().map(|service| service.id.clone()).unwrap_or_default(),
    };
    let chart = rows.map(|rows| Chart::draw(text, period, today, rows, &asked.page, &links));
    let mut likely = Vec::new();
    if chart.is_none() && asked.query.is_empty() {
        let sites = ground::sites_of_requests(api, &signed_in.session).await?;
        likely.extend(sites.into_iter().map(|(id, name)| asked.found("site_id", &id, name, String::new())));
    }
    let addresses = Addresses::of(&asked, period, chart.as_ref());
    let found_title = text.n("occupancy-found", u32::try_from(found.len()).unwrap_or(u32::MAX));
    let frame = signed_in.frame(Room::Occupancy);
    let page = Page {
        text,
        frame,
        ground,
        services,
        period,
        chart,
        addresses,
        query: asked.query,
        found,
        found_title,
        likely,
    };
    Ok(render(&page).into_response())
}

async fn export(signed_in: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Trouble> {
    let period = Period::of(&asked.from_date, &asked.weeks, signed_in.env.today());
    let ground = Ground::of(&signed_in, &asked).await?;
    let rows = ground.occupancy(&signed_in.api, period).await?;
    let text = signed_in.text();
    let (yes, no) = (text.t("occupancy-yes"), text.t("occupancy-no"));
    let lines = rows.iter().flat_map(|row| {
        row.cells.iter().zip(0_i64..).map(|(cell, n)| {
            let monday = period.first.saturating_add(n.weeks());
            vec![
                row.name.clone(),
                monday.to_string(),
                sunday(monday).to_string(),
                row.capacity.to_string(),
                cell.accepted.to_string(),
                cell.pending.to_string(),
                if cell.closed { yes.clone() } else { no.clone() },
            ]
        })
    });
    let header = [
        "occupancy-csv-destination",
        "occupancy-csv-from",
        "occupancy-csv-to",
        "occupancy-csv-capacity",
        "occupancy-csv-accepted",
        "occupancy-csv-pending",
        "occupancy-csv-closed",
    ];
    let name = format!("{}-{}", text.t("occupancy-file"), period.first);
    Ok(sheet::answer(text, &name, &header, lines))
}

impl Asked {
    /// The address of another view: the same filters, other weeks, other rows.
    fn view(&self, path: &str, from_date: &str, page: &str) -> String {
        address(
            path,
            &[
                ("site_id", &self.site_id),
                ("service_id", &self.service_id),
                ("destination_id", &self.destination_id),
                ("from_date", from_date),
                ("weeks", &self.weeks),
                ("page", page),
            ],
        )
    }

    /// A place to look at, in the same weeks.
    fn found(&self, kind: &str, id: &str, name: String, beside: String) -> Found {
        let parameters = [(kind, id), ("from_date", &self.from_date), ("weeks", &self.weeks)];
        Found { address: address("/occupancy", &parameters), name, beside }
    }
}

impl Addresses {
    fn of(asked: &Asked, period: Period, chart: Option<&Chart>) -> Self {
        let weeks = |period: Period| asked.view("/occupancy", &period.first.to_string(), &asked.page);
        let rows = |page: &str| asked.view("/occupancy", &asked.from_date, page);
        let page = chart.map(|chart| chart.page);
        Self {
            before: weeks(period.before()),
            today: asked.view("/occupancy", "", &asked.page),
            after: weeks(period.after()),
            csv: asked.view("/occupancy.csv", &asked.from_date, ""),
            all: rows("all"),
            rows_before: page.and_then(|p| p.before).map(|n| rows(&n.to_string())),
            rows_after: page.and_then(|p| p.after).map(|n| rows(&n.to_string())),
        }
    }
}

/// Sites, services and destinations whose name holds what was typed.
async fn find(api: &Api, text: Text, asked: &Asked) -> Result<Vec<Found>, Status> {
    let query = asked.query.trim();
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
    let names = read::site_names(api, places).await?;
    let at = |site_id: &str| names.get(site_id).cloned().unwrap_or_default();
    let mut found = Vec::new();
    for site in sites.into_inner().sites {
        found.push(asked.found("site_id", &site.id, site.name, site.city));
    }
    for service in services {
        found.push(asked.found("service_id", &service.id, text.pick(service.name.as_ref()), at(&service.site_id)));
    }
    for destination in destinations {
        found.push(asked.found("destination_id", &destination.id, destination.name, at(&destination.site_id)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::Locale;
    use proto::placement::v1::{DestinationOccupancy, OccupancyCell};

    use super::*;

    fn page(destinations: usize, weeks: i32, asked: &Asked) -> String {
        let (text, today) = (Text(Locale::Fr), date(2027, 1, 11));
        let period = Period::of("2027-01-11", &weeks.to_string(), today);
        let cell = |n: i32| OccupancyCell { accepted: n % 7, pending: n % 3, closed: n % 11 == 0 };
        let row = |n: usize| DestinationOccupancy {
            destination_id: format!("01a20d5d-d608-7b11-a501-{n:012}"),
            name: format!("Unité de réadaptation fonctionnelle intensive et de soins subaigus <{n}>, 12e étage"),
            capacity: 6,
            cells: (0..weeks).map(cell).collect(),
        };
        let rows = (0..destinations).map(row).collect();
        let links = Links { has_requests: true, site_id: "site".into(), service_id: String::new() };
        let chart = Some(Chart::draw(text, period, today, rows, &asked.page, &links));
        let page = Page {
            text,
            frame: Frame::bare(text),
            ground: Ground::default(),
            services: Vec::new(),
            period,
            addresses: Addresses::of(asked, period, chart.as_ref()),
            chart,
            query: String::new(),
            found: Vec::new(),
            found_title: String::new(),
            likely: Vec::new(),
        };
        render(&page).0
    }

    #[test]
    fn a_site_of_three_hundred_units_shows_the_first_hundred_and_leads_to_the_others() {
        let html = page(300, 26, &Asked { site_id: "site".into(), ..Asked::default() });
        assert_eq!(html.matches("<th scope=\"row\">").count(), 101, "a hundred units and their totals");
        assert!(html.contains("/occupancy?site_id=site&#38;page=all") && html.contains("&#38;page=2"));
        assert!(!html.contains("&#60;299&#62;"), "the last unit is on another page");
    }

    #[test]
    fn colour_is_never_alone_and_needs_no_inline_style() {
        let html = page(2, 12, &Asked::default());
        let in_words = ["sur 6", "sur 12", "sur 0"].map(|places| html.matches(&format!(" {places}")).count());
        assert_eq!(in_words.iter().sum::<usize>(), 36, "two units and their totals in twelve weeks");
        assert_eq!(html.matches("<td class=\"o-").count(), 36);
        assert!(html.contains("1 sur 6, 1 en attente"));
        assert!(!html.contains("style="));
    }
}
