//! Out of the queues' table, into the handlers.

use std::{collections::HashSet, sync::Arc};

use sqlx::{Row as _, postgres::PgRow};
use tokio::{sync::watch, task::JoinSet};

use super::InProcess;
use crate::{
    consumers::Subscription,
    handling::{Message, Settlement},
    trace_context::TraceContext,
    transport::{Backoff, Serve},
};

/// Serves until stopped, then waits for what is in hand.
pub(crate) async fn serve(transport: &Arc<InProcess>, serve: Serve) {
    let serve = Arc::new(serve);
    let mut arrivals = transport.arrivals.subscribe();
    let mut hands = Hands { running: JoinSet::new(), rows: HashSet::new(), serve: Arc::clone(&serve) };
    let mut backoff = Backoff::default();
    serve.subscribed.send_replace(true);
    while !serve.stop.is_cancelled() {
        arrivals.mark_unchanged();
        match hands.fill().await {
            Ok(()) => {
                backoff.reset();
                hands.pause(&mut arrivals).await;
            }
            Err(error) => {
                tracing::warn!(error = %error, "the in-process queue could not be read");
                backoff.wait(&serve.stop).await;
            }
        }
    }
    while hands.finish_one().await {}
}

/// The events in hand.
struct Hands {
    running: JoinSet<i64>,
    rows: HashSet<i64>,
    serve: Arc<Serve>,
}

impl Hands {
    /// Takes as many waiting events as there are free hands.
    async fn fill(&mut self) -> Result<(), sqlx::Error> {
        let free = self.serve.concurrency - self.running.len();
        let queues: Vec<String> = self.serve.subscriptions.iter().map(|s| s.queue.clone()).collect();
        let waiting = sqlx::query(
            "select position, queue, envelope, traceparent, tracestate, attempts from queue_message
             where died_at is null and available_at <= now() and queue = any($1) and position <> all($2)
             order by position limit $3",
        )
        .bind(queues)
        .bind(self.rows.iter().copied().collect::<Vec<_>>())
        .bind(i64::try_from(free).unwrap_or(i64::MAX))
        .fetch_all(&self.serve.engine.pool)
        .await?;
        for row in waiting {
            let (queue, position): (String, i64) = (row.try_get("queue")?, row.try_get("position")?);
            let message = message(&row, position)?;
            let Some(subscription) = self.serve.subscriptions.iter().find(|s| s.queue == queue).cloned() else {
                continue;
            };
            self.rows.insert(position);
            self.running.spawn(take(Arc::clone(&self.serve), subscription, message, position));
        }
        Ok(())
    }

    /// Waits until something arrives or comes due, or a hand gets free; with full hands, only for the latter.
    async fn pause(&mut self, arrivals: &mut watch::Receiver<u64>) {
        let serve = Arc::clone(&self.serve);
        let full = self.running.len() >= serve.concurrency;
        let busy = !self.running.is_empty();
        tokio::select! {
            biased;
            () = serve.stop.cancelled() => {}
            _ = self.finish_one(), if busy => {}
            _ = arrivals.changed(), if !full => {}
            () = tokio::time::sleep(serve.poll_interval), if !full => {}
        }
    }

    /// Waits for one event in hand to be settled; false if there is none.
    async fn finish_one(&mut self) -> bool {
        match self.running.join_next().await {
            None => return false,
            Some(Ok(position)) => {
                self.rows.remove(&position);
            }
            // Handlers' panics are caught long before; were ours to panic, its row would come again after a restart.
            Some(Err(error)) => tracing::error!(error = %error, "an event's task ended early"),
        }
        true
    }
}

fn message(row: &PgRow, position: i64) -> Result<Message, sqlx::Error> {
    Ok(Message {
        envelope: row.try_get("envelope")?,
        trace: TraceContext { traceparent: row.try_get("traceparent")?, tracestate: row.try_get("tracestate")? },
        attempts: u32::try_from(row.try_get::<i32, _>("attempts")?).unwrap_or(0),
        row: Some(position),
    })
}

async fn take(serve: Arc<Serve>, subscription: Subscription, message: Message, position: i64) -> i64 {
    let settlement = serve.engine.take(&subscription, &message, &serve.stop).await;
    if let Err(error) = settle(&serve, position, settlement).await {
        // The row stands as it was and is taken again at once: an attempt more than configured, nothing worse.
        tracing::warn!(error = %error, queue = subscription.queue, "a failed event could not be put off");
    }
    position
}

async fn settle(serve: &Serve, position: i64, settlement: Settlement) -> Result<(), sqlx::Error> {
    let statement = match settlement {
        Settlement::Done | Settlement::Abandon => return Ok(()),
        Settlement::Later { delay, attempts } => {
            sqlx::query("update queue_message set attempts = $2, available_at = now() + make_interval(secs => $3) where position = $1")
                .bind(position)
                .bind(attempts.cast_signed())
                .bind(delay.as_secs_f64())
        }
        Settlement::Dead { reason, attempts } => {
            sqlx::query("update queue_message set attempts = $2, dead_reason = $3, died_at = now() where position = $1")
                .bind(position)
                .bind(attempts.cast_signed())
                .bind(reason)
        }
    };
    statement.execute(&serve.engine.pool).await?;
    Ok(())
}
