//! How many students are at units on their busiest day.

use std::collections::HashMap;

use chassis::{StoreError, Tx};
use jiff_sqlx::ToSqlx as _;
use kernel::DestinationId;
use uuid::Uuid;

use crate::requests::domain::{ACCEPTED, LONGEST_MONTHS, Load, PENDING, Span, Status};

/// The first number of the locks of units; the second is a part of the unit's id.
const UNITS: i32 = 0x7461_6e04;

/// Waits until nobody else accepts at a unit, and keeps others out until the transaction ends. Two units that share the lock by
/// chance wait for each other without need.
pub async fn lock(tx: &mut Tx, unit: DestinationId) -> Result<(), StoreError> {
    let [.., a, b, c, d] = unit.uuid().into_bytes();
    let part = i32::from_be_bytes([a, b, c, d]);
    sqlx::query!("SELECT pg_advisory_xact_lock($1::int4, $2::int4) AS locked", UNITS, part)
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}

/// The busiest day of each of these units, accepted and pending apart.
///
/// Students come and go: per unit and day of the week, each request adds its students on the first such day and takes them
/// away a week after the last, and the busiest day is where the running sum is highest. So a request costs two rows for each
/// of its days of the week, however long it lasts.
pub async fn loads(
    tx: &mut Tx,
    units: &[DestinationId],
    span: Span,
) -> Result<HashMap<DestinationId, Load>, StoreError> {
    let units: Vec<Uuid> = units.iter().map(|id| id.uuid()).collect();
    let codes = |states: &[Status]| states.iter().map(|state| state.code().to_owned()).collect::<Vec<_>>();
    let rows = sqlx::query!(
        r#"SELECT u.id AS "id!", coalesce(load.accepted, 0) AS "accepted!", coalesce(load.pending, 0) AS "pending!"
           FROM unnest($1::uuid[]) AS u (id)
           LEFT JOIN LATERAL (
               SELECT max(accepted)::int AS accepted, max(pending)::int AS pending FROM (
                   SELECT sum(accepted) OVER days AS accepted, sum(pending) OVER days AS pending FROM (
                       SELECT weekday, change.day,
                              CASE WHEN r.state = ANY($6) THEN change.sign * r.student_count ELSE 0 END AS accepted,
                              CASE WHEN r.state = ANY($7) THEN change.sign * r.student_count ELSE 0 END AS pending
                       FROM placement_request r
                       CROSS JOIN LATERAL (SELECT greatest(r.start_date, $2) AS first, least(r.end_date, $3) AS last) AS here
                       CROSS JOIN generate_series(1, 7) AS weekday
                       CROSS JOIN LATERAL (SELECT
                           first + (weekday - extract(isodow FROM first)::int + 7) % 7 AS first_day,
                           last - (extract(isodow FROM last)::int - weekday + 7) % 7 AS last_day) AS on_day
                       CROSS JOIN LATERAL (VALUES (first_day, 1), (last_day + 7, -1)) AS change (day, sign)
                       WHERE r.destination_id = u.id
                         AND r.start_date BETWEEN $2::date - make_interval(months => $8) AND $3 AND r.end_date >= $2
                         AND r.state = ANY($6 || $7) AND r.id IS DISTINCT FROM $5
                         AND (r.weekdays = 0 OR (r.weekdays >> (weekday - 1)) & 1 = 1)
                         AND ($4::int = 0 OR ($4 >> (weekday - 1)) & 1 = 1)
                         AND first_day <= last_day
                   ) AS changes
                   WINDOW days AS (PARTITION BY weekday ORDER BY day)
               ) AS sums
           ) AS load ON true"#,
        &units,
        span.days.dates.start().to_sqlx() as _,
        span.days.dates.end().to_sqlx() as _,
        i32::from(span.days.weekdays.bits()),
        span.without.map(|id| id.uuid()),
        &codes(&ACCEPTED),
        &codes(&PENDING),
        LONGEST_MONTHS,
    )
    .fetch_all(&mut **tx)
    .await?;
    let load = |accepted, pending| Load { accepted, pending };
    Ok(rows.into_iter().map(|row| (row.id.into(), load(row.accepted, row.pending))).collect())
}
