//! Occupancy, counted where the rows are: one index, no names.

use jiff_sqlx::ToSqlx as _;
use kernel::DateRange;
use uuid::Uuid;

use super::domain::{ACCEPTED, Cell, OccupancyQuery, OccupancyRow, PENDING, Weeks};
use crate::requests::Status;
use chassis::{StoreError, Tx};

/// The destinations in use that the query names, by name, with their weeks. Nothing if there are none.
///
/// # Errors
/// If the database fails.
pub async fn of(tx: &mut Tx, query: &OccupancyQuery, weeks: Weeks) -> Result<Vec<OccupancyRow>, StoreError> {
    let found = sqlx::query!(
        "SELECT id, name, capacity FROM destination_copy
         WHERE active AND ($1::uuid IS NULL OR site_id = $1) AND ($2::uuid IS NULL OR $2 = ANY(service_ids))
           AND ($3::uuid IS NULL OR id = $3)",
        query.site.map(|id| id.uuid()),
        query.service.map(|id| id.uuid()),
        query.destination.map(|id| id.uuid()),
    )
    .fetch_all(&mut **tx)
    .await?;
    let empty = vec![Cell::default(); weeks.mondays().count()];
    let mut rows: Vec<OccupancyRow> = found
        .into_iter()
        .map(|row| OccupancyRow {
            destination: row.id.into(),
            name: row.name,
            capacity: row.capacity,
            cells: empty.clone(),
        })
        .collect();
    rows.sort_by_cached_key(|row| (kernel::sort_key(&row.name), row.destination));
    fill(tx, &mut rows, weeks).await?;
    close(tx, &mut rows, weeks).await?;
    Ok(rows)
}

/// The busiest day of each week, for accepted and for pending requests apart: the two days may differ.
async fn fill(tx: &mut Tx, rows: &mut [OccupancyRow], weeks: Weeks) -> Result<(), StoreError> {
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
               WHERE r.destination_id = ANY($1) AND r.end_date >= $2 AND r.start_date <= $3
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

/// Marks the weeks that closures of the unit, its site or its agency touch.
async fn close(tx: &mut Tx, rows: &mut [OccupancyRow], weeks: Weeks) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.destination.uuid()).collect();
    let closures = sqlx::query!(
        r#"SELECT d.id AS "destination!", c.start_date AS "start: jiff_sqlx::Date", c.end_date AS "end: jiff_sqlx::Date"
           FROM destination_copy d LEFT JOIN site_copy s ON s.id = d.site_id
           JOIN closure_copy c ON c.place_id IN (d.id, d.site_id, s.agency_id)
           WHERE d.id = ANY($1) AND c.active AND c.end_date >= $2 AND c.start_date <= $3"#,
        &ids,
        weeks.first.to_sqlx() as _,
        weeks.last_day().to_sqlx() as _,
    )
    .fetch_all(&mut **tx)
    .await?;
    for closure in closures {
        let row = rows.iter_mut().find(|row| row.destination.uuid() == closure.destination);
        let days = DateRange::new(closure.start.to_jiff(), closure.end.to_jiff());
        if let (Some(row), Ok(days)) = (row, days) {
            weeks.touched_by(days).for_each(|week| row.cells[week].closed = true);
        }
    }
    Ok(())
}

/// Whether every place that the query names exists, in use or not.
///
/// # Errors
/// If the database fails.
pub async fn is_known(tx: &mut Tx, query: &OccupancyQuery) -> Result<bool, StoreError> {
    let known = sqlx::query_scalar!(
        r#"SELECT ($1::uuid IS NULL OR EXISTS (SELECT FROM site_copy WHERE id = $1))
              AND ($2::uuid IS NULL OR EXISTS (SELECT FROM service_copy WHERE id = $2))
              AND ($3::uuid IS NULL OR EXISTS (SELECT FROM destination_copy WHERE id = $3)) AS "known!""#,
        query.site.map(|id| id.uuid()),
        query.service.map(|id| id.uuid()),
        query.destination.map(|id| id.uuid()),
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(known)
}
