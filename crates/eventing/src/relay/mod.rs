//! The relay: from outbox to transport, by one leader per schema.

mod leader;
mod rows;
mod signal;

use std::{sync::Arc, time::Duration};

use kernel::Clock;
use sqlx::{PgPool, postgres::PgListener};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use self::leader::Leader;
pub use self::signal::OutboxSignal;
use crate::{Transport, TransportError, transport::Backoff};

/// How long a stopping relay waits for the confirms of what it has just published. Whatever isn't marked by then is
/// published again by the next leader, which the inboxes absorb.
const GRACE: Duration = Duration::from_secs(5);

/// How a relay works.
#[derive(Clone, Debug)]
pub struct RelayConfig {
    /// Events read and marked at once.
    pub batch: u32,
    /// Events under way at once; at most one per aggregate.
    pub window: usize,
    /// How long events are let gather once one is there.
    pub linger: Duration,
    /// How often the outbox is looked at, should a signal be missed; also how often another tries to lead.
    pub poll_interval: Duration,
    /// How often parked event types are tried again, gauges set and old rows deleted.
    pub housekeeping_interval: Duration,
    /// How long published events stay in the outbox.
    pub keep_published: Duration,
    /// How long events stay parked that no queue takes.
    pub keep_parked: Duration,
}

impl Default for RelayConfig {
    fn default() -> Self {
        Self {
            batch: 500,
            window: 500,
            linger: Duration::from_millis(20),
            poll_interval: Duration::from_secs(1),
            housekeeping_interval: Duration::from_secs(10),
            keep_published: Duration::from_hours(24),
            keep_parked: Duration::from_hours(30 * 24),
        }
    }
}

/// Why publishing stopped for now.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The outbox's database failed, or leadership went with its connection.
    #[error("the outbox: {0}")]
    Outbox(#[from] sqlx::Error),
    /// An event could not be handed over.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

/// Publishes the outbox of one service's schema.
pub struct Relay {
    pool: PgPool,
    transport: Transport,
    province: String,
    clock: Arc<dyn Clock>,
    signal: OutboxSignal,
    config: RelayConfig,
}

impl Relay {
    /// A relay of `pool`'s schema, which signs its events with `province` and looks at once when `signal` is told of a commit.
    #[must_use]
    pub fn new(
        pool: PgPool,
        transport: Transport,
        province: String,
        clock: Arc<dyn Clock>,
        signal: OutboxSignal,
        config: RelayConfig,
    ) -> Self {
        Self { pool, transport, province, clock, signal, config }
    }

    /// Publishes until `stop` is cancelled. Of several relays of one schema one leads; the others wait for their turn.
    pub async fn run(self, stop: CancellationToken) {
        let mut backoff = Backoff::default();
        let mut signal = self.signal.subscribe();
        while !stop.is_cancelled() {
            let graceful = async {
                stop.cancelled().await;
                tokio::time::sleep(GRACE).await;
            };
            tokio::select! {
                () = graceful => return,
                ended = self.lead(&stop, &mut signal, &mut backoff) => if let Err(error) = ended {
                    tracing::warn!(error = %error, "publishing broke off; trying again");
                    backoff.wait(&stop).await;
                }
            }
        }
    }

    /// Publishes all that waits now, for tests and the command line; answers how many it published itself. If another
    /// relay leads, waits until that one is through. Parked events stay parked while no queue takes them.
    ///
    /// # Errors
    /// If the database or the transport fails; what was published until then is marked.
    pub async fn drain(&self) -> Result<usize, RelayError> {
        let mut published = 0;
        loop {
            if let Some(mut leader) = Leader::elect(self).await? {
                leader.release_parked().await?;
                loop {
                    let batch = leader.publish().await?;
                    published += batch.published;
                    if batch.taken == 0 {
                        leader.resign().await?;
                        return Ok(published);
                    }
                }
            }
            if rows::nothing_waits(&self.pool).await? {
                return Ok(published);
            }
            tokio::time::sleep(self.config.poll_interval.min(Duration::from_millis(50))).await;
        }
    }

    async fn lead(
        &self,
        stop: &CancellationToken,
        signal: &mut watch::Receiver<()>,
        backoff: &mut Backoff,
    ) -> Result<(), RelayError> {
        let Some(mut leader) = Leader::elect(self).await? else { return self.follow(stop, signal).await };
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(&rows::channel(leader.schema())).await?;
        leader.release_parked().await?;
        let mut housekeeping = tokio::time::interval(self.config.housekeeping_interval);
        loop {
            let full = leader.publish().await?.taken == self.config.batch as usize;
            backoff.reset();
            if stop.is_cancelled() {
                return Ok(leader.resign().await?);
            }
            while listener.next_buffered().is_some() {}
            tokio::select! {
                biased;
                () = stop.cancelled() => return Ok(leader.resign().await?),
                _ = housekeeping.tick() => leader.maintain().await?,
                () = std::future::ready(()), if full => {}
                _ = signal.changed() => tokio::time::sleep(self.config.linger).await,
                heard = listener.recv() => { heard?; }
                () = tokio::time::sleep(self.config.poll_interval) => {}
            }
        }
    }

    /// While another process leads, passes on to it that something was committed here: outside people's transactions, and
    /// once for all that has gathered.
    async fn follow(&self, stop: &CancellationToken, signal: &mut watch::Receiver<()>) -> Result<(), RelayError> {
        let until = tokio::time::Instant::now() + self.config.poll_interval;
        loop {
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                () = tokio::time::sleep_until(until) => return Ok(()),
                _ = signal.changed() => {
                    tokio::time::sleep(self.config.linger).await;
                    rows::tell_leader(&self.pool).await?;
                }
            }
        }
    }
}
