//! What is appended to a schema's outbox, read as it is committed, in every process that asks: for those who show what
//! happens while it happens. It marks nothing, takes nothing from the relay, and needs no broker.

use std::{collections::BTreeMap, time::Duration};

use sqlx::{PgPool, Row as _, postgres::PgRow};
use tokio::{
    sync::watch,
    time::{Instant, sleep},
};

use crate::OutboxSignal;

/// How long rows are let gather once one is there.
const LINGER: Duration = Duration::from_millis(20);
/// How soon we look for what other processes have committed.
const POLL: Duration = Duration::from_secs(1);
/// How long a position may stay empty before it counts as rolled back.
const LONGEST_TRANSACTION: Duration = Duration::from_secs(60);
/// Rows read at once, and the most positions in a row that are waited for.
const BATCH: usize = 1000;

/// An event as it was appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Such as `placement.v1.request_sent`.
    pub event_type: String,
    pub payload: Vec<u8>,
}

/// When to look for what was appended.
pub struct Appends {
    /// Keeps the sender alive.
    _signal: OutboxSignal,
    told: watch::Receiver<()>,
}

impl Appends {
    /// From now on.
    #[must_use]
    pub fn of(signal: OutboxSignal) -> Self {
        let told = signal.subscribe();
        Self { _signal: signal, told }
    }

    /// Waits until something may have been appended: soon after this process has, within a second after others have.
    /// Cancelling it loses nothing.
    pub async fn wait(&mut self) {
        tokio::select! {
            _ = self.told.changed() => {
                sleep(LINGER).await;
                self.told.mark_unchanged();
            }
            () = sleep(POLL) => {}
        }
    }
}

/// Reads each event once. A transaction that took its position early may commit after others behind it: positions that are
/// passed over are looked at again.
pub struct Tail {
    pool: PgPool,
    /// The highest position that was read.
    last: i64,
    /// Lower ones that were empty, each with the moment at which that was seen.
    missing: BTreeMap<i64, Instant>,
    more: bool,
}

impl Tail {
    /// What is committed from now on.
    ///
    /// # Errors
    /// If the database is away.
    pub async fn begin(pool: PgPool) -> Result<Self, sqlx::Error> {
        let mut tail = Self { pool, last: 0, missing: BTreeMap::new(), more: false };
        let newest = "select position from outbox order by position desc limit $1";
        let there: Vec<i64> = sqlx::query_scalar(newest).bind(batch()).fetch_all(&tail.pool).await?;
        // What is older than a whole batch has been committed, or will never be.
        tail.last = there.get(BATCH - 1).map_or(0, |oldest| oldest - 1);
        there.into_iter().rev().for_each(|position| tail.pass(position));
        Ok(tail)
    }

    /// What has been committed since the last reading, each once, at most some hundreds of events. Cancelling it loses none.
    ///
    /// # Errors
    /// If the database is away. What comes meanwhile is answered afterwards.
    pub async fn read(&mut self) -> Result<Vec<Appended>, sqlx::Error> {
        let missing: Vec<i64> = self.missing.keys().copied().collect();
        let rows = sqlx::query(
            "(select position, type, payload from outbox where position = any($1))
             union all
             (select position, type, payload from outbox where position > $2 order by position limit $3)",
        )
        .bind(missing)
        .bind(self.last)
        .bind(batch())
        .fetch_all(&self.pool)
        .await?;
        let read = rows.into_iter().map(|row| Ok((row.try_get("position")?, appended(&row)?)));
        let read: Vec<(i64, Appended)> = read.collect::<Result<_, sqlx::Error>>()?;
        self.more = read.len() >= BATCH;
        for (position, _) in &read {
            self.pass(*position);
        }
        self.missing.retain(|_, since| since.elapsed() < LONGEST_TRANSACTION);
        Ok(read.into_iter().map(|(_, appended)| appended).collect())
    }

    /// Whether more was there already than the last reading answered.
    #[must_use]
    pub const fn has_more(&self) -> bool {
        self.more
    }

    /// Takes note of a position that was read.
    fn pass(&mut self, position: i64) {
        self.missing.remove(&position);
        let between = (self.last + 1).max(position - batch())..position;
        let now = Instant::now();
        self.missing.extend(between.map(|empty| (empty, now)));
        self.last = self.last.max(position);
    }
}

/// [`BATCH`] as the database takes it.
const fn batch() -> i64 {
    BATCH as i64
}

fn appended(row: &PgRow) -> Result<Appended, sqlx::Error> {
    Ok(Appended { event_type: row.try_get("type")?, payload: row.try_get("payload")? })
}
