//! Occupancy, counted where the rows are, no names.

use std::collections::HashMap;

use chassis::{StoreError, Tx};
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

use super::domain::{Cell, Weeks};
use crate::requests::{ACCEPTED, LONGEST_MONTHS, PENDING, Status};

/// The weeks of places, by their ids.
pub type Rows<'a> = HashMap<Uuid, &'a mut Vec<Cell>>;

/// The busiest day of each week, for accepted and for pending requests apart: the two days may differ. A request counts at its unit,
/// and without one at its service.
pub async fn fill<'a>(
    tx: &mut Tx,
    (units, services): (&mut Rows<'a>, &mut Rows<'a>),
    weeks: Weeks,
) -> Result<(), StoreError> {
    let ids = |rows: &Rows<'_>| rows.keys().copied().collect::<Vec<_>>();
    let codes = |states: &[Status]| states.iter().map(|state| state.code().to_owned()).collect::<Vec<_>>();
    let cells = sqlx::query!(
        r#"SELECT place AS "place!", date_trunc('week', day)::date AS "monday!: jiff_sqlx::Date",
                  max(accepted)::int AS "accepted!", max(pending)::int AS "pending!"
           FROM (
               SELECT coalesce(r.destination_id, r.service_id) AS place, day,
                      coalesce(sum(r.student_count) FILTER (WHERE r.state = ANY($4)), 0) AS accepted,
                      coalesce(sum(r.student_count) FILTER (WHERE r.state = ANY($5)), 0) AS pending
               FROM placement_request r
               CROSS JOIN LATERAL generate_series(
                   greatest(r.start_date, $2)::timestamp, least(r.end_date, $3)::timestamp, '1 day') AS day
               WHERE (r.destination_id = ANY($1) OR (r.destination_id IS NULL AND r.service_id = ANY($7)))
                 AND r.start_date BETWEEN $2::date - make_interval(months => $6) AND $3 AND r.end_date >= $2
                 AND r.state = ANY($4 || $5)
                 AND (r.weekdays = 0 OR (r.weekdays >> (extract(isodow FROM day)::int - 1)) & 1 = 1)
               GROUP BY 1, day
           ) AS days
           GROUP BY 1, 2"#,
        &ids(units),
        weeks.first.to_sqlx() as _,
        weeks.last_day().to_sqlx() as _,
        &codes(&ACCEPTED),
        &codes(&PENDING),
        LONGEST_MONTHS,
        &ids(services),
    )
    .fetch_all(&mut **tx)
    .await?;
    for cell in cells {
        let row = units.get_mut(&cell.place).or_else(|| services.get_mut(&cell.place));
        let week = weeks.index_of(cell.monday.to_jiff());
        if let (Some(row), Some(week)) = (row, week) {
            row[week] = Cell { accepted: cell.accepted, pending: cell.pending, ..row[week] };
        }
    }
    Ok(())
}
