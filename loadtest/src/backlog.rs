//! Work that a request leaves behind for later: events to hand over and to handle, mails to send.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde::Serialize;
use sqlx::{AssertSqlSafe, PgPool};
use tokio::time::sleep;

use crate::{broker::Broker, patience::wait_for};

/// Longer than anything that is still sound.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long nothing may have been handled where a broker has the queues.
const QUIET: Duration = Duration::from_millis(1500);
/// Between two looks then, which cost the broker something.
const PAUSE: Duration = Duration::from_millis(200);

/// What waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Backlog {
    /// Events that no queue has taken yet.
    pub(crate) unpublished: i64,
    /// Events in queues, by queue.
    pub(crate) unhandled: i64,
    /// Mails that are not sent.
    pub(crate) mails: i64,
}

/// What was worked off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done {
    /// Events that were handled, each counted at each consumer.
    pub(crate) events: i64,
    /// Mails that were sent.
    pub(crate) mails: i64,
}

impl Done {
    /// All so far.
    pub(crate) async fn now(pool: &PgPool) -> Result<Self> {
        let events = count(pool, "inbox", "true").await?;
        let mails = count(pool, "delivery", "state = 'SENT'").await?;
        Ok(Self { events, mails })
    }
}

impl Backlog {
    /// Everything that still moves.
    pub(crate) const fn total(self) -> i64 {
        self.unpublished + self.unhandled + self.mails
    }

    /// What waits now.
    pub(crate) async fn now(pool: &PgPool, broker: Option<&Broker>) -> Result<Self> {
        let unpublished = count(pool, "outbox", "published_at IS NULL AND parked_at IS NULL").await?;
        let unhandled = match broker {
            Some(broker) => broker.waiting().await?,
            None => count(pool, "queue_message", "died_at IS NULL").await?,
        };
        let mails = count(pool, "delivery", "state = 'PENDING'").await?;
        Ok(Self { unpublished, unhandled, mails })
    }

    /// Waits until nothing moves any more, and answers how long that took.
    pub(crate) async fn drained(pool: &PgPool, broker: Option<&Broker>) -> Result<Duration> {
        let start = Instant::now();
        if let Some(broker) = broker {
            return Self::quiet(pool, broker, start).await;
        }
        wait_for("events and mails", PATIENCE, async || {
            Ok((Self::now(pool, None).await?.total() == 0).then(|| start.elapsed()))
        })
        .await
    }

    /// A broker's queues tell their lengths late, so with one nothing may have been handled for a while either.
    async fn quiet(pool: &PgPool, broker: &Broker, start: Instant) -> Result<Duration> {
        let end = start + PATIENCE;
        let (mut handled, mut moved) = (0, Duration::ZERO);
        while start.elapsed() < moved + QUIET {
            ensure!(Instant::now() < end, "waited {} s for events and mails", PATIENCE.as_secs());
            let waits = Self::now(pool, Some(broker)).await?.total() > 0;
            let so_far = if waits { handled } else { Done::now(pool).await?.events };
            if waits || so_far != handled {
                (handled, moved) = (so_far, start.elapsed());
            }
            sleep(PAUSE).await;
        }
        Ok(moved)
    }
}

/// Events that could not be handled, each with its queue and the cause, as far as the queue tells it.
pub(crate) async fn dead_letters(pool: &PgPool, broker: Option<&Broker>) -> Result<Vec<String>> {
    if let Some(broker) = broker {
        return broker.dead_letters().await;
    }
    let mut found = Vec::new();
    for schema in schemas_with(pool, "queue_message").await? {
        let query =
            format!("SELECT queue || ': ' || dead_reason FROM {schema}.queue_message WHERE died_at IS NOT NULL");
        // Names are those of the catalogue.
        found.extend(sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(pool).await?);
    }
    Ok(found)
}

/// The schemas that have a table of this name: each service has its own.
async fn schemas_with(pool: &PgPool, table: &str) -> Result<Vec<String>> {
    let found =
        "SELECT table_schema::text FROM information_schema.tables WHERE table_name = $1 AND table_type = 'BASE TABLE'";
    Ok(sqlx::query_scalar(found).bind(table).fetch_all(pool).await?)
}

/// Counts rows in all tables of a name.
async fn count(pool: &PgPool, table: &str, condition: &str) -> Result<i64> {
    let schemas = schemas_with(pool, table).await?;
    let counts = schemas.iter().map(|schema| format!("(SELECT count(*) FROM {schema}.{table} WHERE {condition})"));
    let sum = counts.chain(["0".to_owned()]).collect::<Vec<_>>().join(" + ");
    // Names are those of the catalogue, and conditions are ours.
    Ok(sqlx::query_scalar(AssertSqlSafe(format!("SELECT ({sum})::bigint"))).fetch_one(pool).await?)
}
