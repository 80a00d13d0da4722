//! Lists of places as files.

use axum::response::Response;
use axum_extra::extract::Query;

use super::{
    list::{Listed, Names, PlacesQuery, list},
    words::{facility, shifts},
};
use crate::{
    api::places,
    shell::{PageError, SignedIn},
    ui::{Text, csv},
};

/// Pages of [`places::ALL`] rows that a file holds at most.
const PAGES: usize = 40;

pub(crate) async fn export(user: SignedIn, Query(params): Query<PlacesQuery>) -> Result<Response, PageError> {
    let (api, text) = (&user.api, user.text());
    let mut lines = Vec::new();
    let mut names = None;
    let mut params = params.after(String::new());
    for _ in 0..PAGES {
        let (listed, next) = list(api, &params, places::ALL).await?;
        if names.is_none() {
            names =
                Some(Names { agencies: places::agency_names(api).await?, sites: places::all_site_names(api).await? });
        }
        lines.extend(names.as_ref().map(|names| rows(text, &listed, names)).unwrap_or_default());
        if next.is_empty() {
            break;
        }
        params = params.after(next);
    }
    let kind = params.kind();
    Ok(csv::answer(text, &text.t(&format!("places-kind-{kind}")).to_lowercase(), header(kind), lines))
}

fn header(kind: &str) -> &'static [&'static str] {
    match kind {
        "agencies" => &["places-name", "places-short-name", "places-city", "places-user", "places-id"],
        "services" => &["places-name", "places-site", "places-automatic", "places-active", "places-id"],
        "destinations" => &[
            "places-name",
            "places-site",
            "places-location",
            "places-capacity",
            "places-group",
            "places-shifts",
            "places-notice",
            "places-active",
            "places-id",
        ],
        _ => &[
            "places-name",
            "places-agency",
            "places-type",
            "places-street",
            "places-city",
            "places-postal-code",
            "places-active",
            "places-id",
        ],
    }
}

fn rows(text: Text, listed: &Listed, names: &Names) -> Vec<Vec<String>> {
    let yes_no = |yes: bool| text.t(if yes { "places-yes" } else { "places-no" });
    match listed {
        Listed::Agencies(rows) => rows
            .iter()
            .map(|r| vec![r.name.clone(), r.short_name.clone(), r.city.clone(), yes_no(r.user), r.id.clone()])
            .collect(),
        Listed::Sites(rows) => rows
            .iter()
            .map(|r| {
                let agency = names.agency(&r.agency_id).to_owned();
                let address = [facility(text, &r.kind), r.street.clone(), r.city.clone(), r.postal_code.clone()];
                [vec![r.name.clone(), agency], address.into(), vec![yes_no(r.active), r.id.clone()]].concat()
            })
            .collect(),
        Listed::Services(rows) => rows
            .iter()
            .map(|r| {
                let (name, site) = (text.pick(r.name.as_ref()), names.site(&r.site_id).to_owned());
                vec![name, site, yes_no(r.automatic_redirect), yes_no(r.active), r.id.clone()]
            })
            .collect(),
        Listed::Destinations(rows) => rows
            .iter()
            .map(|r| {
                vec![
                    r.name.clone(),
                    names.site(&r.site_id).to_owned(),
                    r.location.clone(),
                    r.capacity.to_string(),
                    r.maximum_group_size.to_string(),
                    shifts(text, &r.shifts),
                    r.minimum_notice_weeks.to_string(),
                    yes_no(r.active),
                    r.id.clone(),
                ]
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;
    use proto::configuration::v1::{Agency, Destination, Service, Site};

    use super::*;

    #[test]
    fn every_line_is_as_long_as_its_header() {
        let of = |kind, listed| (header(kind).len(), rows(Text(Locale::Fr), &listed, &Names::default())[0].len());
        for (header, line) in [
            of("agencies", Listed::Agencies(vec![Agency::default()])),
            of("sites", Listed::Sites(vec![Site::default()])),
            of("services", Listed::Services(vec![Service::default()])),
            of("destinations", Listed::Destinations(vec![Destination::default()])),
        ] {
            assert_eq!(header, line);
        }
    }
}
