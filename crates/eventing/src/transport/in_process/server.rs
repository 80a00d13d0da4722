//! Out of the queue's table, into the handlers.

use std::{collections::HashSet, sync::Arc};

use sqlx::{Row as _, postgres::PgRow};
use tokio::{sync::watch, task::JoinSet};

use super::InProcess;
use crate::{
    handling::{Message, Settlement},
    trace_context::TraceContext,
    transport::{Backoff, Serve},
};

/// Serves until stopped, then waits for what is in hand.
pub(crate) async fn serve(transport: &Arc<InProcess>, serve: Serve) {
    let serve = Arc::new(serve);
    let mut arrivals = transport.arrivals(&serve.engine.queue);
    let mut hands = Hands { running: JoinSet::new(), rows: HashSet::new(), more: false, serve: Arc::clone(&serve) };
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

/// The batches in hand.
struct Hands {
    running: JoinSet<Vec<i64>>,
    rows: HashSet<i64>,
    /// Whether something may wait that no hand was free for.
    more: bool,
    serve: Arc<Serve>,
}

impl Hands {
    /// Takes batches of waiting events until nothing waits or no hand is free.
    async fn fill(&mut self) -> Result<(), sqlx::Error> {
        let batch = self.serve.batch;
        self.more = true;
        while self.running.len() < self.serve.concurrency {
            let waiting = sqlx::query(
                "select position, envelope, traceparent, tracestate, attempts from queue_message
                 where queue = $1 and died_at is null and available_at <= now() and position <> all($2)
                 order by available_at, position limit $3",
            )
            .bind(&self.serve.engine.queue)
            .bind(self.rows.iter().copied().collect::<Vec<_>>())
            .bind(i64::try_from(batch).unwrap_or(i64::MAX))
            .fetch_all(&self.serve.engine.pool)
            .await?;
            self.more = waiting.len() == batch;
            if waiting.is_empty() {
                break;
            }
            let messages = waiting.iter().map(message).collect::<Result<Vec<_>, _>>()?;
            self.rows.extend(messages.iter().filter_map(|message| message.row));
            self.running.spawn(take(Arc::clone(&self.serve), messages));
            if !self.more {
                break;
            }
        }
        Ok(())
    }

    /// Waits until something arrives or comes due, or a hand gets free for what waits; with full hands, only for the latter.
    async fn pause(&mut self, arrivals: &mut watch::Receiver<()>) {
        let serve = Arc::clone(&self.serve);
        let due = tokio::time::sleep(serve.poll_interval);
        tokio::pin!(due);
        loop {
            let full = self.running.len() >= serve.concurrency;
            let busy = !self.running.is_empty();
            tokio::select! {
                biased;
                () = serve.stop.cancelled() => return,
                _ = self.finish_one(), if busy => if self.more { return },
                Ok(()) = arrivals.changed(), if !full => return,
                () = &mut due, if !full => return,
            }
        }
    }

    /// Waits for one batch in hand to be settled; false if there is none.
    async fn finish_one(&mut self) -> bool {
        match self.running.join_next().await {
            None => return false,
            Some(Ok(positions)) => positions.iter().for_each(|position| {
                self.rows.remove(position);
            }),
            // Handlers' panics are caught long before; were ours to panic, its rows would come again after a restart.
            Some(Err(error)) => tracing::error!(error = %error, "a batch's task ended early"),
        }
        true
    }
}

fn message(row: &PgRow) -> Result<Message, sqlx::Error> {
    Ok(Message {
        envelope: row.try_get("envelope")?,
        trace: TraceContext { traceparent: row.try_get("traceparent")?, tracestate: row.try_get("tracestate")? },
        attempts: u32::try_from(row.try_get::<i32, _>("attempts")?).unwrap_or(0),
        row: Some(row.try_get("position")?),
    })
}

async fn take(serve: Arc<Serve>, batch: Vec<Message>) -> Vec<i64> {
    let settlements = serve.engine.take(&batch, &serve.stop).await;
    let positions: Vec<i64> = batch.iter().filter_map(|message| message.row).collect();
    for (position, settlement) in positions.iter().zip(settlements) {
        if let Err(error) = settle(&serve, *position, settlement).await {
            // The row stands as it was and is taken again at the next look: an attempt more than configured, nothing worse.
            tracing::warn!(error = %error, queue = serve.engine.queue, "a failed event could not be put off");
        }
    }
    positions
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
