//! Lists of places as files.

use axum::response::Response;
use axum_extra::extract::Query;
use proto::configuration::v1::{Agency, Destination, Service, Site};
use tables::{Column, Csv};

use super::{
    list::{Listed, Names, PlacesQuery, list},
    words::{facility, shifts},
};
use crate::{
    api::places,
    shell::{PageError, SignedIn},
    ui::{Text, csv_file},
};

/// Pages of [`places::ALL`] rows that a file holds at most.
const PAGES: usize = 40;

/// What cells are written with.
struct Reader {
    text: Text,
    names: Names,
}

const AGENCIES: [Column<Agency, Reader>; 5] = [
    Column { key: "places-name", header, value: |row, _| row.name.as_str().into() },
    Column { key: "places-short-name", header, value: |row, _| row.short_name.as_str().into() },
    Column { key: "places-city", header, value: |row, _| row.city.as_str().into() },
    Column { key: "places-user", header, value: |row, reader| yes_no(reader, row.user).into() },
    Column { key: "places-id", header, value: |row, _| row.id.as_str().into() },
];

const SITES: [Column<Site, Reader>; 8] = [
    Column { key: "places-name", header, value: |row, _| row.name.as_str().into() },
    Column { key: "places-agency", header, value: |row, reader| reader.names.agency(&row.agency_id).into() },
    Column { key: "places-type", header, value: |row, reader| facility(reader.text, &row.kind).into() },
    Column { key: "places-street", header, value: |row, _| row.street.as_str().into() },
    Column { key: "places-city", header, value: |row, _| row.city.as_str().into() },
    Column { key: "places-postal-code", header, value: |row, _| row.postal_code.as_str().into() },
    Column { key: "places-active", header, value: |row, reader| yes_no(reader, row.active).into() },
    Column { key: "places-id", header, value: |row, _| row.id.as_str().into() },
];

const SERVICES: [Column<Service, Reader>; 5] = [
    Column { key: "places-name", header, value: |row, reader| reader.text.pick(row.name.as_ref()).into() },
    Column { key: "places-site", header, value: |row, reader| reader.names.site(&row.site_id).into() },
    Column { key: "places-automatic", header, value: |row, reader| yes_no(reader, row.automatic_redirect).into() },
    Column { key: "places-active", header, value: |row, reader| yes_no(reader, row.active).into() },
    Column { key: "places-id", header, value: |row, _| row.id.as_str().into() },
];

const DESTINATIONS: [Column<Destination, Reader>; 9] = [
    Column { key: "places-name", header, value: |row, _| row.name.as_str().into() },
    Column { key: "places-site", header, value: |row, reader| reader.names.site(&row.site_id).into() },
    Column { key: "places-location", header, value: |row, _| row.location.as_str().into() },
    Column { key: "places-capacity", header, value: |row, _| row.capacity.into() },
    Column { key: "places-group", header, value: |row, _| row.maximum_group_size.into() },
    Column { key: "places-shifts", header, value: |row, reader| shifts(reader.text, &row.shifts).into() },
    Column { key: "places-notice", header, value: |row, _| row.minimum_notice_weeks.into() },
    Column { key: "places-active", header, value: |row, reader| yes_no(reader, row.active).into() },
    Column { key: "places-id", header, value: |row, _| row.id.as_str().into() },
];

fn header(reader: &Reader, key: &'static str) -> String {
    reader.text.t(key)
}

fn yes_no(reader: &Reader, yes: bool) -> String {
    reader.text.t(if yes { "places-yes" } else { "places-no" })
}

pub(crate) async fn export(user: SignedIn, Query(params): Query<PlacesQuery>) -> Result<Response, PageError> {
    let (api, text) = (&user.api, user.text());
    let csv = Csv { locale: user.locale, zone: &user.env.zone };
    let (mut params, mut content) = (params.after(String::new()), Vec::new());
    let (agencies, sites) = futures::try_join!(places::agency_names(api), places::all_site_names(api))?;
    let reader = Reader { text, names: Names { agencies, sites } };
    for _ in 0..PAGES {
        let (listed, next) = list(api, &params, places::ALL).await?;
        if content.is_empty() {
            content = begin(csv, &listed, &reader);
        }
        content.extend(rows(csv, &listed, &reader));
        if next.is_empty() {
            break;
        }
        params = params.after(next);
    }
    Ok(csv_file(&text.t(&format!("places-kind-{}", params.kind())).to_lowercase(), content))
}

fn begin(csv: Csv<'_>, listed: &Listed, reader: &Reader) -> Vec<u8> {
    match listed {
        Listed::Agencies(_) => csv.header(&AGENCIES, reader),
        Listed::Sites(_) => csv.header(&SITES, reader),
        Listed::Services(_) => csv.header(&SERVICES, reader),
        Listed::Destinations(_) => csv.header(&DESTINATIONS, reader),
    }
}

fn rows(csv: Csv<'_>, listed: &Listed, reader: &Reader) -> Vec<u8> {
    match listed {
        Listed::Agencies(rows) => csv.rows(&AGENCIES, rows, reader),
        Listed::Sites(rows) => csv.rows(&SITES, rows, reader),
        Listed::Services(rows) => csv.rows(&SERVICES, rows, reader),
        Listed::Destinations(rows) => csv.rows(&DESTINATIONS, rows, reader),
    }
}
