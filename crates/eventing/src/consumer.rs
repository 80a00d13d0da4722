//! The consumer: takes the events of a service's queue in batches, a transaction for each.

use std::{sync::Arc, time::Duration};

use jiff_sqlx::ToSqlx as _;
use kernel::Clock;
use sqlx::PgPool;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{Consumers, Transport, handling::Engine, transport::Serve};

/// How a consumer works.
#[derive(Clone, Debug)]
pub struct ConsumerConfig {
    /// Events that are taken together at most.
    pub batch: usize,
    /// Batches under way at once; each holds a database connection.
    pub concurrency: usize,
    /// After which delays a failed event is tried again; one attempt more than there are delays.
    pub retry_delays: Vec<Duration>,
    /// How often the in-process queue is looked at, should a wake-up be missed.
    pub poll_interval: Duration,
    /// How long inbox rows are kept: a repeated delivery after that would be handled again.
    pub keep_inbox: Duration,
    /// How often old inbox rows are deleted.
    pub housekeeping_interval: Duration,
}

impl Default for ConsumerConfig {
    fn default() -> Self {
        Self {
            batch: 100,
            concurrency: 2,
            retry_delays: [1, 10, 60, 600].map(Duration::from_secs).to_vec(),
            poll_interval: Duration::from_secs(1),
            keep_inbox: Duration::from_hours(30 * 24),
            housekeeping_interval: Duration::from_hours(1),
        }
    }
}

/// Takes the events of one service's queue.
pub struct Consumer {
    engine: Arc<Engine>,
    transport: Transport,
    consumers: Consumers,
    config: ConsumerConfig,
    subscribed: watch::Sender<bool>,
}

impl Consumer {
    /// A consumer of `consumers`' queue whose effects go to `pool`. With the in-process transport this also registers the
    /// queue: whoever hosts several services makes all consumers before the first relay runs.
    #[must_use]
    pub fn new(
        pool: PgPool,
        transport: Transport,
        consumers: Consumers,
        clock: Arc<dyn Clock>,
        config: ConsumerConfig,
    ) -> Self {
        transport.register(&pool, &consumers);
        let (delays, system) = (config.retry_delays.clone(), transport.system());
        let queue = consumers.queue();
        let engine = Engine { pool, clock, delays, system, queue, consumers: consumers.clone() };
        Self { engine: Arc::new(engine), transport, consumers, config, subscribed: watch::Sender::new(false) }
    }

    /// Tells when the queue is declared and being consumed.
    #[must_use]
    pub fn subscribed(&self) -> Subscribed {
        Subscribed(self.subscribed.subscribe())
    }

    /// Consumes until `stop` is cancelled, then finishes what is in hand and returns. Reconnects for ever.
    pub async fn run(self, stop: CancellationToken) {
        let serve = Serve {
            engine: Arc::clone(&self.engine),
            batch: self.config.batch.max(1),
            concurrency: self.config.concurrency.max(1),
            poll_interval: self.config.poll_interval,
            subscribed: self.subscribed.clone(),
            stop: stop.clone(),
        };
        let housekeeping = self.maintain(&stop);
        tokio::join!(self.transport.serve(serve), housekeeping);
    }

    async fn maintain(&self, stop: &CancellationToken) {
        let mut ticks = tokio::time::interval(self.config.housekeeping_interval);
        while stop.run_until_cancelled(ticks.tick()).await.is_some() {
            match self.prune().await {
                Ok(0) => {}
                Ok(rows) => tracing::info!(rows, service = self.consumers.service(), "old inbox rows deleted"),
                Err(error) => tracing::warn!(error = %error, "old inbox rows could not be deleted"),
            }
        }
    }

    async fn prune(&self) -> Result<u64, sqlx::Error> {
        let Ok(before) = self.engine.clock.now().checked_sub(self.config.keep_inbox) else { return Ok(0) };
        let deleted = sqlx::query("delete from inbox where handled_at < $1").bind(before.to_sqlx());
        Ok(deleted.execute(&self.engine.pool).await?.rows_affected())
    }
}

/// Whether a consumer has declared its queue and consumes it.
#[derive(Clone, Debug)]
pub struct Subscribed(watch::Receiver<bool>);

impl Subscribed {
    /// Whether it has.
    #[must_use]
    pub fn now(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it has; returns also when the consumer is gone.
    pub async fn wait(mut self) {
        let _ = self.0.wait_for(|subscribed| *subscribed).await;
    }
}
