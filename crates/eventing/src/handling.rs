//! One event into one handler: inbox row and effect in one transaction, and what becomes of the message then.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt as _;
use jiff_sqlx::ToSqlx as _;
use kernel::Clock;
use proto::event::v1::Envelope;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument as _, Span};

use crate::{
    Consumers, HandlerError, Tx,
    consumers::Subscription,
    envelope::{decode, event_id},
    trace_context::TraceContext,
    transport::Backoff,
};

/// How often a serialization failure or deadlock is tried again at once, before it counts as a failed attempt.
const COLLISIONS: u32 = 5;

/// A message as a transport hands it over.
pub(crate) struct Message {
    pub(crate) envelope: Vec<u8>,
    pub(crate) trace: TraceContext,
    /// How often its handler has failed so far.
    pub(crate) attempts: u32,
    /// The row that holds it, if the queue is a table; deleted in the handler's transaction.
    pub(crate) row: Option<i64>,
}

/// What the transport does with the message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Settlement {
    /// Taken, now or earlier: acknowledge.
    Done,
    /// To come back after `delay`, as attempt number `attempts + 1`.
    Later { delay: Duration, attempts: u32 },
    /// To the dead letters.
    Dead { reason: String, attempts: u32 },
    /// Left as it is: we are stopping, or somebody else has it.
    Abandon,
}

/// What every queue of a consumer shares.
pub(crate) struct Engine {
    pub(crate) pool: PgPool,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) delays: Vec<Duration>,
    pub(crate) system: &'static str,
    pub(crate) consumers: Consumers,
}

enum Taken {
    Handled,
    Duplicate,
    Gone,
}

impl Engine {
    /// Runs the handler of `subscription` on the message, in a span that continues the publisher's trace.
    pub(crate) async fn take(
        &self,
        subscription: &Subscription,
        message: &Message,
        stop: &CancellationToken,
    ) -> Settlement {
        let span = tracing::info_span!(
            "process",
            otel.name = format!("process {}", subscription.queue),
            otel.kind = "consumer",
            otel.status_code = tracing::field::Empty,
            "messaging.system" = self.system,
            "messaging.operation.name" = "process",
            "messaging.operation.type" = "process",
            "messaging.destination.name" = subscription.queue,
            "messaging.message.id" = tracing::field::Empty,
            outcome = tracing::field::Empty,
        );
        message.trace.adopt(&span);
        self.settle(subscription, message, stop).instrument(span).await
    }

    async fn settle(&self, subscription: &Subscription, message: &Message, stop: &CancellationToken) -> Settlement {
        let started = tokio::time::Instant::now();
        let result = match decode(&message.envelope) {
            Ok(envelope) => self.until_answered(subscription, &envelope, message.row, stop).await,
            Err(cause) => Err(HandlerError::from(cause)),
        };
        let (outcome, settlement) = match result {
            Ok(Taken::Handled) => ("handled", Settlement::Done),
            Ok(Taken::Duplicate) => ("duplicate", Settlement::Done),
            Ok(Taken::Gone) => ("abandoned", Settlement::Abandon),
            Err(cause) => self.failed(subscription, message.attempts, &cause),
        };
        Span::current().record("outcome", outcome);
        let queue = subscription.queue.clone();
        metrics::counter!("tandem_events_handled_total", "queue" => queue.clone(), "outcome" => outcome).increment(1);
        metrics::histogram!("tandem_event_handling_seconds", "queue" => queue).record(started.elapsed().as_secs_f64());
        settlement
    }

    fn failed(&self, subscription: &Subscription, before: u32, cause: &HandlerError) -> (&'static str, Settlement) {
        let attempts = before + 1;
        let queue = &subscription.queue;
        let error = format!("{cause:#}");
        Span::current().record("otel.status_code", "ERROR");
        match (cause, self.delays.get(before as usize)) {
            (HandlerError::Retry(_), Some(&delay)) => {
                tracing::warn!(queue, attempts, error, delay_ms = delay.as_millis(), "event will be tried again");
                ("retry", Settlement::Later { delay, attempts })
            }
            (HandlerError::Retry(_), None) => {
                tracing::error!(queue, attempts, error, "event given up: dead letter");
                ("dead", Settlement::Dead { reason: error, attempts })
            }
            (HandlerError::Reject(_), _) => {
                tracing::error!(queue, attempts, error, "event rejected: dead letter");
                ("rejected", Settlement::Dead { reason: error, attempts })
            }
        }
    }

    /// Tries until the handler has answered. Collisions are tried again at once; while the database is away the event
    /// waits here, since no number of attempts would help and no event should die of it.
    async fn until_answered(
        &self,
        subscription: &Subscription,
        envelope: &Envelope,
        row: Option<i64>,
        stop: &CancellationToken,
    ) -> Result<Taken, HandlerError> {
        let mut backoff = Backoff::default();
        let mut collisions = 0;
        loop {
            let cause = match self.attempt(subscription, envelope, row).await {
                Err(HandlerError::Retry(cause)) => cause,
                answered => return answered,
            };
            if is_outage(&cause) {
                tracing::warn!(queue = subscription.queue, error = format!("{cause:#}"), "waiting for the database");
                if !backoff.wait(stop).await {
                    return Ok(Taken::Gone);
                }
            } else if is_collision(&cause) && collisions < COLLISIONS {
                collisions += 1;
            } else {
                return Err(HandlerError::Retry(cause));
            }
        }
    }

    async fn attempt(
        &self,
        subscription: &Subscription,
        envelope: &Envelope,
        row: Option<i64>,
    ) -> Result<Taken, HandlerError> {
        let id = event_id(envelope)?;
        Span::current().record("messaging.message.id", tracing::field::display(id));
        let mut tx = crate::begin(&self.pool).await?;
        if let Some(row) = row
            && !lock_row(&mut tx, row).await?
        {
            return Ok(Taken::Gone);
        }
        let fresh =
            sqlx::query("insert into inbox (queue, event_id, handled_at) values ($1, $2, $3) on conflict do nothing")
                .bind(&subscription.queue)
                .bind(id.uuid())
                .bind(self.clock.now().to_sqlx())
                .execute(&mut *tx)
                .await?
                .rows_affected()
                == 1;
        if fresh {
            let handling = AssertUnwindSafe(subscription.handler.handle(&mut tx, envelope)).catch_unwind();
            handling.await.unwrap_or_else(|panic| Err(HandlerError::Retry(panic_message(&*panic))))?;
        }
        if let Some(row) = row {
            sqlx::query("delete from queue_message where position = $1").bind(row).execute(&mut *tx).await?;
        }
        commit(tx).await?;
        if fresh {
            self.consumers.committed().await;
        }
        Ok(if fresh { Taken::Handled } else { Taken::Duplicate })
    }
}

async fn lock_row(tx: &mut Tx, row: i64) -> Result<bool, sqlx::Error> {
    let locked =
        sqlx::query("select from queue_message where position = $1 and died_at is null for update skip locked");
    Ok(locked.bind(row).fetch_optional(&mut **tx).await?.is_some())
}

/// Commits, and fails where PostgreSQL would answer a commit with a silent rollback: after a statement whose error was
/// swallowed, any further statement fails.
pub(crate) async fn commit(mut tx: Tx) -> Result<(), sqlx::Error> {
    sqlx::query("select").execute(&mut *tx).await?;
    tx.commit().await
}

/// Whether another transaction got in the way: serialization failure or deadlock.
pub(crate) fn is_collision(cause: &anyhow::Error) -> bool {
    database_error(cause)
        .and_then(sqlx::Error::as_database_error)
        .and_then(|e| e.code())
        .is_some_and(|code| matches!(code.as_ref(), "40001" | "40P01"))
}

/// Whether the database is away: no connection, shutting down, starting up, or full.
fn is_outage(cause: &anyhow::Error) -> bool {
    match database_error(cause) {
        Some(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed) => {
            true
        }
        Some(sqlx::Error::Database(e)) => {
            e.code().is_some_and(|code| code.starts_with("57P") || code.starts_with("08") || code == "53300")
        }
        _ => false,
    }
}

fn database_error(cause: &anyhow::Error) -> Option<&sqlx::Error> {
    cause.chain().find_map(|e| e.downcast_ref::<sqlx::Error>())
}

fn panic_message(panic: &(dyn Any + Send)) -> anyhow::Error {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    anyhow::anyhow!("the handler panicked: {}", said.unwrap_or("without a message"))
}
