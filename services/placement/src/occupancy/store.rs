//! Occupancy, counted where the rows are: one index, no names.

use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

use super::domain::{Cell, OccupancyRow, Weeks};
use crate::requests::{ACCEPTED, LONGEST_MONTHS, PENDING, Status};
use chassis::{StoreError, Tx};

/// The busiest day of each week, for accepted and for pending requests apart: the two days may differ.
pub async fn fill(tx: &mut Tx, rows: &mut [OccupancyRow], weeks: Weeks) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.destination.uuid()).collect();
    let codes = |states: &[Status]| states.iter().map(|state| state.code().to_owned()).collect::<Vec<_>>();
    let cells = sqlx::query!(
        r#"SELECT destination_id AS "destination!", date_trunc('week', day)::date AS "monday!: jiff_sqlx::Date",
                  max(accepted)::int AS "accepted!", max(pending)::int AS "pending!"
           FROM (
               SELECT r.destination_id, day,
                      coalesce(sum(r.student_count) FILTER (WHERE r.state = ANY($4)), 0) AS accepted,
                      coalesce(sum(r.student_count) FILTER (WHERE r.state = ANY($5)), 0) AS pending
               FROM placement_request r
               CROSS JOIN LATERAL generate_series(
                   greatest(r.start_date, $2)::timestamp, least(r.end_date, $3)::timestamp, '1 day') AS day
               WHERE r.destination_id = ANY($1)
                 AND r.start_date BETWEEN $2::date - make_interval(months => $6) AND $3 AND r.end_date >= $2
                 AND r.state = ANY($4 || $5)
                 AND (r.weekdays = 0 OR (r.weekdays >> (extract(isodow FROM day)::int - 1)) & 1 = 1)
               GROUP BY r.destination_id, day
           ) AS days
           GROUP BY 1, 2"#,
        &ids,
        weeks.first.to_sqlx() as _,
        weeks.last_day().to_sqlx() as _,
        &codes(&ACCEPTED),
        &codes(&PENDING),
        LONGEST_MONTHS,
    )
    .fetch_all(&mut **tx)
    .await?;
    for cell in cells {
        let row = rows.iter_mut().find(|row| row.destination.uuid() == cell.destination);
        let week = weeks.index_of(cell.monday.to_jiff());
        if let (Some(row), Some(week)) = (row, week) {
            row.cells[week] = Cell { accepted: cell.accepted, pending: cell.pending, ..row.cells[week] };
        }
    }
    Ok(())
}
