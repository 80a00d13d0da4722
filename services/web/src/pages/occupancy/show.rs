//! How full units are: a table of destinations and weeks, as a heat map whose every cell also says it in words (domain §10).

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use proto::configuration::v1::Service;
use tonic::Status;

use super::{
    chart::Chart,
    find::{Found, find},
    links::Links,
    menu::ENTRY,
    query::OccupancyQuery,
    scope::{self, Scope},
    weeks::Period,
};
use crate::{
    pages::requests,
    shell::{Layout, PageError, SignedIn},
    ui::{Text, render},
};

#[derive(Template)]
#[template(path = "occupancy/page.html")]
struct Page {
    text: Text,
    layout: Layout,
    scope: Scope,
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

pub(super) async fn show(user: SignedIn, Query(params): Query<OccupancyQuery>) -> Result<Response, PageError> {
    let (api, text) = (&user.api, user.text());
    let today = user.env.today();
    let period = Period::of(&params.from_date, &params.weeks, today);
    let looked = async {
        let scope = Scope::of(&user, &params).await?;
        let (rows, services) = futures::try_join!(scope.occupancy(api, period), scope.choices(api))?;
        let rows = (!scope.is_empty()).then_some(rows);
        Ok::<_, Status>((scope, rows, services))
    };
    let ((scope, rows, services), found) = futures::try_join!(looked, find(api, text, &params))?;
    let links = Links {
        has_requests: requests::ENTRY.is_open_to(user.session.role()),
        site_id: scope.site.as_ref().map(|site| site.id.clone()).unwrap_or_default(),
        service_id: scope.service.as_ref().map(|service| service.id.clone()).unwrap_or_default(),
    };
    let chart = rows.map(|rows| Chart::draw(text, period, today, rows, &params.page, &links));
    let mut likely = Vec::new();
    if chart.is_none() && params.query.is_empty() {
        let sites = scope::sites_of_requests(api, &user.session).await?;
        likely.extend(sites.into_iter().map(|(id, name)| Found::of(&params, "site_id", &id, name, String::new())));
    }
    let addresses = Addresses::of(&params, period, chart.as_ref());
    let found_title = text.n("occupancy-found", u32::try_from(found.len()).unwrap_or(u32::MAX));
    let layout = user.layout(ENTRY);
    let page = Page {
        text,
        layout,
        scope,
        services,
        period,
        chart,
        addresses,
        query: params.query,
        found,
        found_title,
        likely,
    };
    Ok(render(&page).into_response())
}

impl Addresses {
    fn of(params: &OccupancyQuery, period: Period, chart: Option<&Chart>) -> Self {
        let weeks = |period: Period| params.view("/occupancy", &period.first.to_string(), &params.page);
        let rows = |page: &str| params.view("/occupancy", &params.from_date, page);
        let page = chart.map(|chart| chart.page);
        Self {
            before: weeks(period.before()),
            today: params.view("/occupancy", "", &params.page),
            after: weeks(period.after()),
            csv: params.view("/occupancy.csv", &params.from_date, ""),
            all: rows("all"),
            rows_before: page.and_then(|p| p.before).map(|n| rows(&n.to_string())),
            rows_after: page.and_then(|p| p.after).map(|n| rows(&n.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::Locale;
    use proto::placement::v1::{DestinationOccupancy, OccupancyCell};

    use super::{super::scope::Counted, *};

    fn page(destinations: usize, weeks: i32, params: &OccupancyQuery) -> String {
        let (text, today) = (Text(Locale::Fr), date(2027, 1, 11));
        let period = Period::of("2027-01-11", &weeks.to_string(), today);
        let cell = |n: i32| OccupancyCell { accepted: n % 7, pending: n % 3, closed: n % 11 == 0 };
        let row = |n: usize| DestinationOccupancy {
            destination_id: format!("01a20d5d-d608-7b11-a501-{n:012}"),
            name: format!("Unité de réadaptation fonctionnelle intensive et de soins subaigus <{n}>, 12e étage"),
            capacity: 6,
            cells: (0..weeks).map(cell).collect(),
        };
        let rows = Counted { destinations: (0..destinations).map(row).collect(), unassigned: Vec::new() };
        let links = Links { has_requests: true, site_id: "site".into(), service_id: String::new() };
        let chart = Some(Chart::draw(text, period, today, rows, &params.page, &links));
        let page = Page {
            text,
            layout: Layout::bare(),
            scope: Scope::default(),
            services: Vec::new(),
            period,
            addresses: Addresses::of(params, period, chart.as_ref()),
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
        let html = page(300, 26, &OccupancyQuery { site_id: "site".into(), ..OccupancyQuery::default() });
        assert_eq!(html.matches("<th scope=\"row\">").count(), 101, "a hundred units and their totals");
        assert!(html.contains("/occupancy?site_id=site&#38;page=all") && html.contains("&#38;page=2"));
        assert!(!html.contains("&#60;299&#62;"), "the last unit is on another page");
    }

    #[test]
    fn colour_is_never_alone_and_needs_no_inline_style() {
        let html = page(2, 12, &OccupancyQuery::default());
        let in_words = ["sur 6", "sur 12", "sur 0"].map(|places| html.matches(&format!(" {places}")).count());
        assert_eq!(in_words.iter().sum::<usize>(), 36, "two units and their totals in twelve weeks");
        assert_eq!(html.matches("<td class=\"o-").count(), 36);
        assert!(html.contains("1 sur 6, 1 en attente"));
        assert!(!html.contains("style="));
    }
}
