//! A batch of events into their handlers: inbox rows and effects in one transaction, and what becomes of each message then.

use std::{any::Any, collections::HashSet, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt as _;
use jiff_sqlx::ToSqlx as _;
use kernel::{Clock, EventId};
use proto::event::v1::Envelope;
use sqlx::PgPool;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::Span;
use uuid::Uuid;

use crate::{
    Consumers, HandlerError, Tx,
    consumers::Share,
    envelope::{Unreadable, decode, event_id},
    handler::Arriving,
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

/// Takes a service's events.
pub(crate) struct Engine {
    pub(crate) pool: PgPool,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) delays: Vec<Duration>,
    pub(crate) system: &'static str,
    pub(crate) queue: String,
    pub(crate) consumers: Consumers,
}

#[derive(Clone, Copy)]
enum Taken {
    Handled,
    Duplicate,
    Gone,
}

/// A message that can be read.
struct Arrival<'a> {
    message: &'a Message,
    envelope: Envelope,
    id: EventId,
    /// Continues the publisher's trace.
    span: Span,
}

impl Engine {
    /// Takes a batch in one transaction. Should one event fail, each is taken again alone, so that one that can't be handled
    /// holds up no other. Answers what becomes of each message, in their order.
    pub(crate) async fn take(&self, batch: &[Message], stop: &CancellationToken) -> Vec<Settlement> {
        metrics::histogram!("tandem_event_batch_size", "queue" => self.queue.clone())
            .record(u32::try_from(batch.len()).unwrap_or(u32::MAX));
        let mut settlements: Vec<Settlement> = batch.iter().map(|_| Settlement::Abandon).collect();
        let mut arrivals = Vec::with_capacity(batch.len());
        for (at, message) in batch.iter().enumerate() {
            match self.open(message) {
                Ok(arrival) => arrivals.push((at, arrival)),
                Err(cause) => settlements[at] = self.settle("unreadable", message, Err(cause.into())),
            }
        }
        // Batches that touch the same rows do so in the same order. Of one aggregate, the first to come stays the first.
        arrivals.sort_by(|(_, a), (_, b)| a.envelope.aggregate_id.cmp(&b.envelope.aggregate_id));
        let (positions, arrivals): (Vec<usize>, Vec<Arrival<'_>>) = arrivals.into_iter().unzip();
        for ((at, arrival), taken) in
            positions.into_iter().zip(&arrivals).zip(self.take_readable(&arrivals, stop).await)
        {
            let event_type = self.consumers.find(&arrival.envelope.r#type).map_or("unknown", |(known, _)| known);
            settlements[at] = arrival.span.in_scope(|| self.settle(event_type, arrival.message, taken));
        }
        settlements
    }

    fn open<'a>(&self, message: &'a Message) -> Result<Arrival<'a>, Unreadable> {
        let envelope = decode(&message.envelope)?;
        let id = event_id(&envelope)?;
        let span = tracing::info_span!(
            "process",
            otel.name = format!("process {}", self.queue),
            otel.kind = "consumer",
            otel.status_code = tracing::field::Empty,
            "messaging.system" = self.system,
            "messaging.operation.name" = "process",
            "messaging.operation.type" = "process",
            "messaging.destination.name" = self.queue,
            "messaging.message.id" = %id,
            outcome = tracing::field::Empty,
        );
        message.trace.adopt(&span);
        Ok(Arrival { message, envelope, id, span })
    }

    async fn take_readable(
        &self,
        arrivals: &[Arrival<'_>],
        stop: &CancellationToken,
    ) -> Vec<Result<Taken, HandlerError>> {
        match self.until_answered(arrivals, stop).await {
            Ok(taken) => taken.into_iter().map(Ok).collect(),
            Err(cause) if arrivals.len() == 1 => vec![Err(cause)],
            Err(cause) => {
                let (queue, events) = (&self.queue, arrivals.len());
                tracing::debug!(
                    queue,
                    events,
                    error = format!("{cause:#}"),
                    "a batch failed: each event is taken alone"
                );
                let mut taken = Vec::with_capacity(events);
                for alone in arrivals.chunks(1) {
                    taken.push(self.until_answered(alone, stop).await.map(|taken| taken[0]));
                }
                taken
            }
        }
    }

    fn settle(&self, event_type: &'static str, message: &Message, taken: Result<Taken, HandlerError>) -> Settlement {
        let (outcome, settlement) = match taken {
            Ok(Taken::Handled) => ("handled", Settlement::Done),
            Ok(Taken::Duplicate) => ("duplicate", Settlement::Done),
            Ok(Taken::Gone) => ("abandoned", Settlement::Abandon),
            Err(cause) => self.failed(event_type, message.attempts, &cause),
        };
        Span::current().record("outcome", outcome);
        let labels = [("queue", self.queue.clone()), ("type", event_type.to_owned()), ("outcome", outcome.to_owned())];
        metrics::counter!("tandem_events_handled_total", &labels).increment(1);
        settlement
    }

    fn failed(&self, event_type: &str, before: u32, cause: &HandlerError) -> (&'static str, Settlement) {
        let attempts = before + 1;
        let queue = &self.queue;
        let error = format!("{cause:#}");
        Span::current().record("otel.status_code", "ERROR");
        match (cause, self.delays.get(before as usize)) {
            (HandlerError::Retry(_), Some(&delay)) => {
                let delay_ms = delay.as_millis();
                tracing::warn!(queue, event_type, attempts, error, delay_ms, "event will be tried again");
                ("retry", Settlement::Later { delay, attempts })
            }
            (HandlerError::Retry(_), None) => {
                tracing::error!(queue, event_type, attempts, error, "event given up: dead letter");
                ("dead", Settlement::Dead { reason: error, attempts })
            }
            (HandlerError::Reject(_), _) => {
                tracing::error!(queue, event_type, attempts, error, "event rejected: dead letter");
                ("rejected", Settlement::Dead { reason: error, attempts })
            }
        }
    }

    /// Tries until the handlers have answered. Collisions are tried again at once; while the database is away the events
    /// wait here, since no number of attempts would help and no event should die of it.
    async fn until_answered(
        &self,
        arrivals: &[Arrival<'_>],
        stop: &CancellationToken,
    ) -> Result<Vec<Taken>, HandlerError> {
        if arrivals.is_empty() {
            return Ok(Vec::new());
        }
        let mut backoff = Backoff::default();
        let mut collisions = 0;
        loop {
            let cause = match self.attempt(arrivals).await {
                Err(HandlerError::Retry(cause)) => cause,
                answered => return answered,
            };
            if is_outage(&cause) {
                tracing::warn!(queue = self.queue, error = format!("{cause:#}"), "waiting for the database");
                if !backoff.wait(stop).await {
                    return Ok(vec![Taken::Gone; arrivals.len()]);
                }
            } else if is_collision(&cause) && collisions < COLLISIONS {
                collisions += 1;
            } else {
                return Err(HandlerError::Retry(cause));
            }
        }
    }

    /// Six statements for a batch, whatever its size, and those of its handlers.
    async fn attempt(&self, arrivals: &[Arrival<'_>]) -> Result<Vec<Taken>, HandlerError> {
        let mut tx = crate::begin(&self.pool).await?;
        let held = claim(&mut tx, arrivals).await?;
        let mine = |arrival: &&Arrival<'_>| arrival.message.row.is_none_or(|row| held.contains(&row));
        let mut fresh = self.enter(&mut tx, arrivals.iter().filter(mine).map(|arrival| arrival.id.uuid())).await?;
        let taken: Vec<Taken> = arrivals
            .iter()
            .map(|arrival| match arrival {
                theirs if !mine(&theirs) => Taken::Gone,
                fresh_one if fresh.remove(&fresh_one.id.uuid()) => Taken::Handled,
                _ => Taken::Duplicate,
            })
            .collect();
        let handled = arrivals.iter().zip(&taken).filter(|(_, taken)| matches!(taken, Taken::Handled));
        let handled: Vec<Arriving<'_>> = handled.map(|(arrival, _)| (&arrival.envelope, &arrival.span)).collect();
        self.handle(&mut tx, &handled).await?;
        commit(tx).await?;
        if !handled.is_empty() {
            self.consumers.committed().await;
        }
        Ok(taken)
    }

    /// Enters events into the inbox; answers those that were not in it, each once.
    async fn enter(&self, tx: &mut Tx, ids: impl Iterator<Item = Uuid>) -> Result<HashSet<Uuid>, sqlx::Error> {
        let fresh = sqlx::query_scalar(
            "insert into inbox (event_id, handled_at) select id, $2 from unnest($1::uuid[]) id
             on conflict do nothing returning event_id",
        );
        let ids: Vec<Uuid> = ids.collect();
        Ok(fresh.bind(ids).bind(self.clock.now().to_sqlx()).fetch_all(&mut **tx).await?.into_iter().collect())
    }

    async fn handle(&self, tx: &mut Tx, events: &[Arriving<'_>]) -> Result<(), HandlerError> {
        if let Some((envelope, _)) = events.iter().find(|(envelope, _)| self.consumers.find(&envelope.r#type).is_none())
        {
            // While a newer version of the service is rolled out, its queue holds what only that one knows.
            return Err(HandlerError::Retry(anyhow::anyhow!("no handler takes {}", envelope.r#type)));
        }
        for share in self.consumers.shares(events) {
            let started = Instant::now();
            let handling = AssertUnwindSafe(share.handler.handle(tx, &share.events)).catch_unwind();
            let handled = handling.await.unwrap_or_else(|panic| Err(HandlerError::Retry(panic_message(&*panic))));
            self.measure(&share, started.elapsed());
            handled?;
        }
        Ok(())
    }

    /// Each event took its share of the time.
    fn measure(&self, taken: &Share<'_>, elapsed: Duration) {
        let share = elapsed.as_secs_f64() / f64::from(u32::try_from(taken.events.len()).unwrap_or(u32::MAX));
        for (event_type, _) in taken.events.iter().filter_map(|(envelope, _)| self.consumers.find(&envelope.r#type)) {
            let labels = [("queue", self.queue.clone()), ("type", event_type.to_owned())];
            metrics::histogram!("tandem_event_handling_seconds", &labels).record(share);
        }
    }
}

/// Takes the rows of a batch out of their table, but those that another has in hand or has taken.
async fn claim(tx: &mut Tx, arrivals: &[Arrival<'_>]) -> Result<HashSet<i64>, sqlx::Error> {
    let rows: Vec<i64> = arrivals.iter().filter_map(|arrival| arrival.message.row).collect();
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let claimed = sqlx::query_scalar(
        "delete from queue_message where position in (
             select position from queue_message where position = any($1) and died_at is null for update skip locked
         ) returning position",
    );
    Ok(claimed.bind(rows).fetch_all(&mut **tx).await?.into_iter().collect())
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
