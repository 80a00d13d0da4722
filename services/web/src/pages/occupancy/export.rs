//! The table as a file.

use axum::response::Response;
use axum_extra::extract::Query;
use jiff::{ToSpan as _, civil::Date};
use proto::{placement::v1::OccupancyCell, text::v1::LocalizedText};
use tables::{Column, Csv};

use super::{
    query::OccupancyQuery,
    scope::{Counted, Scope},
    weeks::{Period, sunday},
};
use crate::{
    shell::{PageError, SignedIn},
    ui::{Text, csv_file},
};

/// A destination in a week.
struct Line {
    name: String,
    capacity: i32,
    monday: Date,
    cell: OccupancyCell,
}

const COLUMNS: &[Column<Line, Text>] = &[
    Column { key: "occupancy-csv-destination", header, value: |line, _| line.name.as_str().into() },
    Column { key: "occupancy-csv-from", header, value: |line, _| line.monday.into() },
    Column { key: "occupancy-csv-to", header, value: |line, _| sunday(line.monday).into() },
    Column { key: "occupancy-csv-capacity", header, value: |line, _| line.capacity.into() },
    Column { key: "occupancy-csv-accepted", header, value: |line, _| line.cell.accepted.into() },
    Column { key: "occupancy-csv-pending", header, value: |line, _| line.cell.pending.into() },
    Column { key: "occupancy-csv-closed", header, value: |line, text| yes_no(*text, line.cell.closed).into() },
];

fn header(text: &Text, key: &'static str) -> String {
    text.t(key)
}

fn yes_no(text: Text, yes: bool) -> String {
    text.t(if yes { "occupancy-yes" } else { "occupancy-no" })
}

pub(super) async fn export(user: SignedIn, Query(params): Query<OccupancyQuery>) -> Result<Response, PageError> {
    let period = Period::of(&params.from_date, &params.weeks, user.env.today());
    let scope = Scope::of(&user, &params).await?;
    let Counted { destinations, unassigned } = scope.occupancy(&user.api, period).await?;
    let (text, csv) = (user.text(), Csv { locale: user.locale, zone: &user.env.zone });
    let units = destinations.into_iter().map(|row| (row.name, row.capacity, row.cells));
    let services = unassigned.into_iter().map(|row| (nowhere(text, row.service.as_ref()), 0, row.cells));
    let lines: Vec<_> = units.chain(services).flat_map(|row| lines(row, period)).collect();
    let content = [csv.header(COLUMNS, &text), csv.rows(COLUMNS, &lines, &text)].concat();
    Ok(csv_file(&format!("{}-{}", text.t("occupancy-file"), period.first), content))
}

/// The students of a service who have no destination.
fn nowhere(text: Text, service: Option<&LocalizedText>) -> String {
    format!("{} – {}", text.pick(service), text.t("occupancy-unassigned"))
}

fn lines((name, capacity, cells): (String, i32, Vec<OccupancyCell>), period: Period) -> impl Iterator<Item = Line> {
    cells.into_iter().zip(0_i64..).map(move |(cell, week)| Line {
        name: name.clone(),
        capacity,
        monday: period.first.saturating_add(week.weeks()),
        cell,
    })
}
