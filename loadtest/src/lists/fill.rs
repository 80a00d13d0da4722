//! Many requests, set-wise: copies of the templates with ids, places, days and times of their own. Which columns there are is read
//! from the table, so that a migration that adds one needs nothing here.

use anyhow::{Context as _, Result, ensure};
use jiff::civil::Date;
use serde::Serialize;
use sqlx::{AssertSqlSafe, PgPool};

use crate::{progress, world::World};

/// What the coordinator who asks has open, among as many requests as that or more.
const OPEN: u32 = 6_000;
/// Those are never more than one in so many of all.
const LEAST_OTHERS: u32 = 20;
/// Requests of that coordinator in all, for each open one: two of three have ended or lie in the past.
const WHOLE: u32 = 3;

/// How often each state occurs, of a hundred: where people still have something to do or to expect, ...
const OPEN_STATES: &[(&str, u32)] = &[
    ("SENT", 22),
    ("REDIRECTED", 23),
    ("ACCEPTED_BY_DESTINATION", 8),
    ("DECLINED_BY_DESTINATION", 2),
    ("ACCEPTED", 15),
    ("CONFIRMED", 30),
];
/// ... where it came to nothing before its last day, ...
const ENDED_STATES: &[(&str, u32)] = &[("DECLINED", 60), ("CANCELLED", 40)];
/// ... and of what lies in the past.
const PAST_STATES: &[(&str, u32)] = &[("CONFIRMED", 80), ("DECLINED", 12), ("CANCELLED", 8)];

/// What a column is given; every other is the template's. `n` is the number with its random words, `t` the template.
const COLUMNS: &[(&str, &str)] = &[
    // In the order of time, as Tandem's ids are.
    (
        "id",
        "encode(substring(int8send((extract(epoch FROM n.created_at) * 1000)::bigint) FROM 3)
                || substring(decode(md5('id' || n.i), 'hex') FROM 7), 'hex')::uuid",
    ),
    // Longer than those that Tandem makes, so that none clashes.
    ("reference", "left(t.reference, 3) || 'L' || lpad(upper(to_hex(n.i * 334363461 % 1073741824)), 8, '0')"),
    ("placing_agency_id", "CASE WHEN n.own THEN t.placing_agency_id ELSE md5('school' || n.a % 60)::uuid END"),
    ("program_id", "CASE WHEN n.own THEN PROGRAMS[1 + n.a % LANES] ELSE md5('program' || n.a % 600)::uuid END"),
    ("course_id", "CASE WHEN n.own THEN COURSES[1 + n.a % LANES] ELSE md5('course' || n.a % 2400)::uuid END"),
    ("receiving_agency_id", "CASE WHEN n.own THEN t.receiving_agency_id ELSE md5('agency' || n.b % 200)::uuid END"),
    ("site_id", "CASE WHEN n.own THEN t.site_id ELSE md5('site' || n.b % 1000)::uuid END"),
    ("service_id", "CASE WHEN n.own THEN t.service_id ELSE md5('service' || n.b % 4000)::uuid END"),
    (
        "destination_id",
        "CASE WHEN n.own OR t.destination_id IS NULL THEN t.destination_id ELSE md5('unit' || n.b % 16000)::uuid END",
    ),
    (
        "placing_coordinator_id",
        "CASE WHEN n.own OR t.placing_coordinator_id IS NULL THEN t.placing_coordinator_id
              ELSE md5('p' || n.a % 240)::uuid END",
    ),
    (
        "receiving_coordinator_id",
        "CASE WHEN n.own OR t.receiving_coordinator_id IS NULL THEN t.receiving_coordinator_id
              ELSE md5('r' || n.b % 400)::uuid END",
    ),
    (
        "destination_coordinator_id",
        "CASE WHEN n.own OR t.destination_coordinator_id IS NULL THEN t.destination_coordinator_id
              ELSE md5('d' || n.b % 4000)::uuid END",
    ),
    ("start_date", "n.end_date - 21 - n.c % 90"),
    ("end_date", "n.end_date"),
    ("created_at", "n.created_at"),
    ("updated_at", "n.updated_at"),
    ("school_updated_at", "n.updated_at"),
    ("since", "n.updated_at::date"),
    ("school_since", "n.updated_at::date"),
];

/// What stands in the tables then.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Filled {
    /// Requests in the table.
    pub(crate) requests: i64,
    /// Of the coordinator who asks, in any state, whenever.
    pub(crate) own: i64,
    /// Of those, active by their days and neither declined nor cancelled.
    pub(crate) open: i64,
    /// Of those, to be answered by the coordinator.
    pub(crate) pending: i64,
}

/// Fills the tables to `requests`; nobody may use them meanwhile.
pub(super) async fn fill(pool: &PgPool, world: &World, templates: &[String], requests: u32) -> Result<Filled> {
    progress(&format!("filling the table of requests, {requests} rows"));
    let indexes = indexes(pool).await?;
    // At once when all rows are there: quicker, and packed as after a REINDEX.
    run(pool, indexes.iter().map(|(name, _)| format!("DROP INDEX placement.{name}")).collect()).await?;
    let states: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT state FROM placement.placement_request WHERE id = ANY($1::text[]::uuid[])")
            .bind(templates)
            .fetch_all(pool)
            .await?;
    for (state, _) in [OPEN_STATES, ENDED_STATES, PAST_STATES].concat() {
        ensure!(states.iter().any(|made| made == state), "no template is {state}, only {states:?}");
    }
    let statement = insert(&columns(pool).await?, world, templates, requests);
    run(pool, vec![statement]).await?;
    run(pool, indexes.into_iter().map(|(_, definition)| definition).collect()).await?;
    see(pool, &templates[0]).await?;
    let tables = ["placement_request", "request_seen"];
    for table in tables {
        run(pool, vec![format!("VACUUM (ANALYZE) placement.{table}")]).await?;
    }
    count(pool, &templates[0], world.today).await
}

/// The columns that can be written.
async fn columns(pool: &PgPool) -> Result<Vec<String>> {
    let query = "SELECT column_name::text FROM information_schema.columns
                 WHERE table_schema = 'placement' AND table_name = 'placement_request' AND is_generated = 'NEVER'
                 ORDER BY ordinal_position";
    Ok(sqlx::query_scalar(query).fetch_all(pool).await?)
}

/// The indexes that no constraint stands on, with their definitions.
async fn indexes(pool: &PgPool) -> Result<Vec<(String, String)>> {
    let query = "SELECT indexname::text, indexdef FROM pg_indexes i
                 WHERE schemaname = 'placement' AND tablename = 'placement_request' AND NOT EXISTS (
                     SELECT FROM pg_constraint c
                     WHERE c.conname = i.indexname AND c.conrelid = 'placement.placement_request'::regclass)";
    Ok(sqlx::query_as(query).fetch_all(pool).await?)
}

fn insert(columns: &[String], world: &World, templates: &[String], requests: u32) -> String {
    let ids = |of: fn(&crate::world::Lane) -> &String| {
        let ids: Vec<String> = world.lanes.iter().map(|lane| format!("'{}'", of(lane))).collect();
        format!("(ARRAY[{}]::uuid[])", ids.join(","))
    };
    let values: Vec<String> = columns
        .iter()
        .map(|column| {
            let own = COLUMNS.iter().find(|(name, _)| name == column);
            own.map_or_else(|| format!("t.{column}"), |(_, expression)| (*expression).to_owned())
        })
        .collect();
    let values = values.join(", ").replace("PROGRAMS", &ids(|lane| &lane.program));
    let values = values.replace("COURSES", &ids(|lane| &lane.course)).replace("LANES", &world.lanes.len().to_string());
    let templates: Vec<String> = templates.iter().map(|id| format!("'{id}'")).collect();
    format!(
        "INSERT INTO placement.placement_request ({}) SELECT {values} FROM ({}) n \
         JOIN (SELECT * FROM placement.placement_request WHERE id IN ({})) t ON t.state = n.state",
        columns.join(", "),
        numbers(requests, world.today),
        templates.join(",")
    )
}

/// One row for each request: whose, open or not, state, days and times. The coordinator's are spread evenly among the others, each on
/// another page of the table, as they come to lie in life.
fn numbers(requests: u32, today: Date) -> String {
    let open = OPEN.min(requests / LEAST_OTHERS);
    let own = open * WHOLE;
    let spread = |of: u32, among: u32, number: &str| {
        format!("{number} * {of}::bigint / {among} > ({number} - 1) * {of}::bigint / {among}")
    };
    format!(
        "SELECT *, updated_at - make_interval(days => 10 + c % 60) AS created_at FROM (
            SELECT *,
                CASE lot WHEN 'open' THEN {} WHEN 'ended' THEN {} ELSE {} END AS state,
                CASE lot WHEN 'past' THEN end_date::timestamptz - make_interval(secs => a % 2592000)
                         ELSE now() - make_interval(secs => a % 7776000) END AS updated_at
            FROM (
                SELECT *, CASE lot WHEN 'past' THEN date '{today}' - 2 - b % 1400 ELSE date '{today}' + 1 + b % 200 END AS end_date
                FROM (
                    SELECT *,
                        CASE WHEN own AND {} THEN 'open' WHEN own AND c % 5 > 0 THEN 'past' WHEN own THEN 'ended'
                             WHEN c % 100 < 20 THEN 'open' WHEN c % 100 < 25 THEN 'ended' ELSE 'past' END AS lot
                    FROM (
                        SELECT i, {} AS own, i * {own}::bigint / {requests} AS place,
                            (hashint8extended(i, 1) & 1073741823)::int AS a, (hashint8extended(i, 2) & 1073741823)::int AS b,
                            (hashint8extended(i, 3) & 1073741823)::int AS c, (hashint8extended(i, 4) & 1073741823)::int % 100 AS hundredth
                        FROM generate_series(1::bigint, {requests}) i
                    ) a
                ) b
            ) c
         ) d",
        states(OPEN_STATES),
        states(ENDED_STATES),
        states(PAST_STATES),
        spread(open, own, "place"),
        spread(own, requests, "i"),
    )
}

/// A state by the row's hundredth.
fn states(shares: &[(&str, u32)]) -> String {
    let mut sum = 0;
    let cases: Vec<String> = shares
        .iter()
        .map(|(state, share)| {
            sum += share;
            format!("WHEN hundredth < {sum} THEN '{state}'")
        })
        .collect();
    format!("CASE {} END", cases.join(" "))
}

/// Three of four have been opened by the coordinator, one of those before the last change.
async fn see(pool: &PgPool, template: &str) -> Result<()> {
    let statement = "INSERT INTO placement.request_seen (person_id, request_id, version)
        SELECT t.receiving_coordinator_id, r.id,
               CASE WHEN hashtext(r.id::text) % 3 = 0 THEN greatest(r.version - 1, 1) ELSE r.version END
        FROM placement.placement_request r
        JOIN placement.placement_request t ON t.id = $1::text::uuid AND r.site_id = t.site_id
        WHERE hashtext(r.reference) % 4 <> 0
        ON CONFLICT DO NOTHING";
    sqlx::query(statement).bind(template).execute(pool).await.context("what the coordinator has seen")?;
    Ok(())
}

async fn count(pool: &PgPool, template: &str, today: Date) -> Result<Filled> {
    let query = format!(
        "SELECT count(*), count(*) FILTER (WHERE own), count(*) FILTER (WHERE own AND open),
                count(*) FILTER (WHERE own AND open AND state = 'SENT')
         FROM (SELECT r.state, r.site_id = t.site_id AS own,
                      r.end_date >= '{today}' AND r.state NOT IN ('DRAFT', 'HELD', 'DECLINED', 'CANCELLED', 'DELETED') AS open
               FROM placement.placement_request r
               JOIN placement.placement_request t ON t.id = '{template}') counted"
    );
    let (requests, own, open, pending) = sqlx::query_as(AssertSqlSafe(query)).fetch_one(pool).await?;
    Ok(Filled { requests, own, open, pending })
}

/// Runs statements one after another; all that was put into them is ours.
async fn run(pool: &PgPool, statements: Vec<String>) -> Result<()> {
    for statement in statements {
        let head: String = statement.chars().take(120).collect();
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(pool).await.context(head)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_states_make_a_hundred() {
        for shares in [OPEN_STATES, ENDED_STATES, PAST_STATES] {
            assert_eq!(shares.iter().map(|(_, share)| share).sum::<u32>(), 100, "{shares:?}");
        }
        assert_eq!(
            states(ENDED_STATES),
            "CASE WHEN hundredth < 60 THEN 'DECLINED' WHEN hundredth < 100 THEN 'CANCELLED' END"
        );
    }
}
