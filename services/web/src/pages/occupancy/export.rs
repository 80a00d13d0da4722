//! The table as a file.

use axum::response::Response;
use axum_extra::extract::Query;
use jiff::ToSpan as _;

use super::{
    query::OccupancyQuery,
    scope::Scope,
    weeks::{Period, sunday},
};
use crate::{
    shell::{PageError, SignedIn},
    ui::csv,
};

pub(super) async fn export(user: SignedIn, Query(params): Query<OccupancyQuery>) -> Result<Response, PageError> {
    let period = Period::of(&params.from_date, &params.weeks, user.env.today());
    let scope = Scope::of(&user, &params).await?;
    let rows = scope.occupancy(&user.api, period).await?;
    let text = user.text();
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
    Ok(csv::answer(text, &name, &header, lines))
}
