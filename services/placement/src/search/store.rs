//! Places to send students to: services at sites, and the units that serve them with their busiest day.

use jiff_sqlx::ToSqlx as _;
use kernel::fold;
use uuid::Uuid;

use super::domain::{MeasuredUnit, PlaceQuery, ServicePlace, Span};
use crate::{
    occupancy::{ACCEPTED, PENDING},
    requests::{Status, Text},
};
use chassis::{StoreError, Tx};

/// The services in use that the query names, at sites and agencies in use.
///
/// # Errors
/// If the database fails.
pub async fn services(tx: &mut Tx, query: &PlaceQuery) -> Result<Vec<ServicePlace>, StoreError> {
    let rows = sqlx::query!(
        "SELECT s.id, s.name_fr, s.name_en, site.id AS site_id, site.name AS site, site.search AS site_search,
                a.id AS agency_id, a.name AS agency, a.search AS agency_search, a.is_user
         FROM service_copy s JOIN site_copy site ON site.id = s.site_id JOIN agency_copy a ON a.id = site.agency_id
         WHERE s.active AND site.active AND a.active
           AND ($1::uuid IS NULL OR s.id = $1) AND ($2::uuid IS NULL OR site.id = $2)",
        query.service.map(|id| id.uuid()),
        query.site.map(|id| id.uuid()),
    )
    .fetch_all(&mut **tx)
    .await?;
    // Services have no folded name of their own; there are some thousands at most.
    let named = |text: &str| text.contains(&query.query);
    let rows = rows.into_iter().filter(|row| {
        named(&row.site_search) || named(&row.agency_search) || named(&fold(&row.name_fr)) || named(&fold(&row.name_en))
    });
    Ok(rows
        .map(|row| ServicePlace {
            service: row.id.into(),
            service_name: Text { fr: row.name_fr, en: row.name_en },
            site: row.site_id.into(),
            site_name: row.site,
            agency: row.agency_id.into(),
            agency_name: row.agency,
            is_user: row.is_user,
        })
        .collect())
}

/// The units in use that serve these services at their sites, each with its busiest day, accepted and pending apart.
///
/// Students come and go: per unit and day of the week, each request adds its students on the first such day and takes them
/// away a week after the last, and the busiest day is where the running sum is highest. So a request costs two rows for each
/// of its days of the week, however long it lasts.
///
/// # Errors
/// If the database fails.
pub async fn units(tx: &mut Tx, services: &[Uuid], span: Span) -> Result<Vec<MeasuredUnit>, StoreError> {
    let codes = |states: &[Status]| states.iter().map(|state| state.code().to_owned()).collect::<Vec<_>>();
    let rows = sqlx::query!(
        r#"SELECT u.id, s.id AS service_id, u.name, u.capacity, u.maximum_group_size,
                  coalesce(load.accepted, 0) AS "accepted!", coalesce(load.pending, 0) AS "pending!",
                  coalesce(p.account_active AND p.alerts_accepted, false) AND EXISTS (
                      SELECT FROM agent_grant_copy g
                      WHERE g.person_id = u.agent_id AND (
                          (g.scope_kind = 'DESTINATION' AND g.scope_id = u.id)
                          OR (g.scope_kind = 'SERVICE' AND g.scope_id = ANY(u.service_ids))
                          OR (g.scope_kind = 'SITE' AND g.scope_id = u.site_id)
                          OR (g.scope_kind = 'AGENCY' AND g.scope_id = site.agency_id))
                  ) AS "electronic!",
                  EXISTS (
                      SELECT FROM closure_copy c
                      WHERE c.active AND c.end_date >= $2 AND c.start_date <= $3
                        AND c.place_id IN (u.id, site.id, site.agency_id)
                  ) AS "closed!"
           FROM service_copy s
           JOIN destination_copy u ON u.site_id = s.site_id AND s.id = ANY(u.service_ids) AND u.active
           JOIN site_copy site ON site.id = u.site_id
           LEFT JOIN person_copy p ON p.id = u.agent_id
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
                       WHERE r.destination_id = u.id AND r.end_date >= $2 AND r.start_date <= $3
                         AND r.state = ANY($6 || $7) AND r.id IS DISTINCT FROM $5
                         AND (r.weekdays = 0 OR (r.weekdays >> (weekday - 1)) & 1 = 1)
                         AND ($4::int = 0 OR ($4 >> (weekday - 1)) & 1 = 1)
                         AND first_day <= last_day
                   ) AS changes
                   WINDOW days AS (PARTITION BY weekday ORDER BY day)
               ) AS sums
           ) AS load ON true
           WHERE s.id = ANY($1)"#,
        services,
        span.dates.start().to_sqlx() as _,
        span.dates.end().to_sqlx() as _,
        i32::from(span.weekdays.bits()),
        span.without.map(|id| id.uuid()),
        &codes(&ACCEPTED),
        &codes(&PENDING),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MeasuredUnit {
            id: row.id.into(),
            service: row.service_id.into(),
            name: row.name,
            capacity: row.capacity,
            group_size: row.maximum_group_size,
            accepted: row.accepted,
            pending: row.pending,
            electronic: row.electronic,
            closed: row.closed,
        })
        .collect())
}
