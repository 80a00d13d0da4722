//! The outbox's rows.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use prost::Message as _;
use proto::event::v1::Envelope;
use sqlx::{PgConnection, PgPool, Row as _, postgres::PgRow};
use uuid::Uuid;

use super::RelayConfig;
use crate::{envelope::timestamp, trace_context::TraceContext, transport::Outgoing};

/// An event that waits.
pub(super) struct OutboxRow {
    pub(super) position: i64,
    pub(super) id: Uuid,
    pub(super) event_type: String,
    pub(super) trace: TraceContext,
    aggregate_id: String,
    aggregate_version: i64,
    occurred_at: Timestamp,
    payload: Vec<u8>,
}

/// How the outbox stands.
pub(super) struct Gauges {
    pub(super) unpublished: f64,
    pub(super) parked: f64,
    pub(super) oldest_seconds: f64,
}

impl OutboxRow {
    pub(super) fn outgoing(&self, province: &str, trace: TraceContext) -> Outgoing {
        let envelope = Envelope {
            id: self.id.to_string(),
            r#type: self.event_type.clone(),
            province: province.to_owned(),
            aggregate_id: self.aggregate_id.clone(),
            aggregate_version: self.aggregate_version,
            occurred_at: Some(timestamp(self.occurred_at)),
            payload: self.payload.clone(),
        };
        Outgoing { id: self.id, event_type: self.event_type.clone(), envelope: envelope.encode_to_vec(), trace }
    }
}

impl TryFrom<PgRow> for OutboxRow {
    type Error = sqlx::Error;

    fn try_from(row: PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            position: row.try_get("position")?,
            id: row.try_get("id")?,
            event_type: row.try_get("type")?,
            trace: TraceContext { traceparent: row.try_get("traceparent")?, tracestate: row.try_get("tracestate")? },
            aggregate_id: row.try_get("aggregate_id")?,
            aggregate_version: row.try_get("aggregate_version")?,
            occurred_at: row.try_get::<jiff_sqlx::Timestamp, _>("occurred_at")?.to_jiff(),
            payload: row.try_get("payload")?,
        })
    }
}

/// Groups rows by aggregate, keeping each one's order.
pub(super) fn by_aggregate(rows: Vec<OutboxRow>) -> Vec<Vec<OutboxRow>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<OutboxRow>> = Vec::new();
    for row in rows {
        let place = *places.entry(row.aggregate_id.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}

/// Takes the schema's relay lock; answers the schema's name, or `None` if another holds it.
pub(super) async fn lock(connection: &mut PgConnection) -> Result<Option<String>, sqlx::Error> {
    let row = sqlx::query(
        "select current_schema()::text, pg_try_advisory_lock(hashtextextended('tandem.relay.' || current_schema(), 0))",
    )
    .fetch_one(connection)
    .await?;
    let schema: Option<String> = row.try_get(0)?;
    let locked: Option<bool> = row.try_get(1)?;
    match (schema, locked) {
        (Some(schema), Some(true)) => Ok(Some(schema)),
        (Some(_), _) => Ok(None),
        (None, _) => Err(sqlx::Error::Configuration("the connection's search_path names no schema".into())),
    }
}

/// Where the leader of a schema's relays listens.
pub(super) fn channel(schema: &str) -> String {
    format!("tandem_outbox.{schema}")
}

/// Wakes the leader, in whichever process it is.
pub(super) async fn tell_leader(pool: &PgPool) -> Result<(), sqlx::Error> {
    sqlx::query("select pg_notify('tandem_outbox.' || current_schema(), '')").execute(pool).await?;
    Ok(())
}

pub(super) async fn waiting(connection: &mut PgConnection, limit: u32) -> Result<Vec<OutboxRow>, sqlx::Error> {
    let rows = sqlx::query(
        "select position, id, type, aggregate_id, aggregate_version, occurred_at, payload, traceparent, tracestate
         from outbox where published_at is null and parked_at is null order by position limit $1",
    );
    rows.bind(i64::from(limit)).fetch_all(connection).await?.into_iter().map(OutboxRow::try_from).collect()
}

pub(super) async fn nothing_waits(pool: &PgPool) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select not exists (select from outbox where published_at is null and parked_at is null)")
        .fetch_one(pool)
        .await
}

pub(super) async fn mark(
    connection: &mut PgConnection,
    published: &[OutboxRow],
    unrouted: &[OutboxRow],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let positions = |rows: &[OutboxRow]| rows.iter().map(|r| r.position).collect::<Vec<_>>();
    sqlx::query(
        "update outbox set
             published_at = case when position = any($1) then $3 end,
             parked_at = case when position = any($2) then $3 end
         where position = any($1) or position = any($2)",
    )
    .bind(positions(published))
    .bind(positions(unrouted))
    .bind(now.to_sqlx())
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn parked_types(connection: &mut PgConnection) -> Result<HashSet<String>, sqlx::Error> {
    let types = sqlx::query_scalar("select distinct type from outbox where parked_at is not null");
    Ok(types.fetch_all(connection).await?.into_iter().collect())
}

pub(super) async fn park_types(
    connection: &mut PgConnection,
    types: &HashSet<String>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query("update outbox set parked_at = $2 where published_at is null and parked_at is null and type = any($1)")
        .bind(types.iter().cloned().collect::<Vec<_>>())
        .bind(now.to_sqlx())
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn oldest_parked(
    connection: &mut PgConnection,
    event_type: &str,
) -> Result<Option<OutboxRow>, sqlx::Error> {
    let row = sqlx::query(
        "select position, id, type, aggregate_id, aggregate_version, occurred_at, payload, traceparent, tracestate
         from outbox where parked_at is not null and type = $1 order by position limit 1",
    );
    row.bind(event_type).fetch_optional(connection).await?.map(OutboxRow::try_from).transpose()
}

pub(super) async fn unpark(connection: &mut PgConnection, event_type: &str) -> Result<(), sqlx::Error> {
    sqlx::query("update outbox set parked_at = null where parked_at is not null and type = $1")
        .bind(event_type)
        .execute(connection)
        .await?;
    Ok(())
}

/// Deletes what is older than the configuration keeps; answers how many published and how many parked rows.
pub(super) async fn prune(
    connection: &mut PgConnection,
    now: Timestamp,
    config: &RelayConfig,
) -> Result<(u64, u64), sqlx::Error> {
    let before =
        |keep| now.checked_sub(SignedDuration::try_from(keep).unwrap_or(SignedDuration::MAX)).unwrap_or(Timestamp::MIN);
    let published = sqlx::query("delete from outbox where published_at < $1")
        .bind(before(config.keep_published).to_sqlx())
        .execute(&mut *connection)
        .await?;
    let parked = sqlx::query("delete from outbox where parked_at < $1")
        .bind(before(config.keep_parked).to_sqlx())
        .execute(connection)
        .await?;
    Ok((published.rows_affected(), parked.rows_affected()))
}

pub(super) async fn gauges(connection: &mut PgConnection) -> Result<Gauges, sqlx::Error> {
    let row = sqlx::query(
        "select (select count(*)::float8 from outbox where published_at is null and parked_at is null) as unpublished,
                (select count(*)::float8 from outbox where parked_at is not null) as parked,
                (select coalesce(extract(epoch from clock_timestamp() - min(appended_at)), 0)::float8
                 from outbox where published_at is null and parked_at is null) as oldest_seconds",
    )
    .fetch_one(connection)
    .await?;
    Ok(Gauges {
        unpublished: row.try_get("unpublished")?,
        parked: row.try_get("parked")?,
        oldest_seconds: row.try_get("oldest_seconds")?,
    })
}
