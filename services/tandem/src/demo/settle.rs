//! Waiting until every event has had its effect: what is in the outboxes must be in the inboxes of all who have a queue for
//! it. That holds for tables and for a broker, and also if other processes serve the province at the same time.

use std::time::Duration;

use anyhow::Context as _;
use eventing::Topology;
use sqlx::{PgPool, Row as _};
use uuid::Uuid;

use crate::platform::{Platform, TOPOLOGIES};

/// How long events may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often to look.
const PAUSE: Duration = Duration::from_millis(5);

/// Knows how far it has looked.
pub(super) struct Settle {
    services: Vec<(PgPool, &'static Topology, i64)>,
}

impl Settle {
    /// From the beginning.
    pub(super) fn new(platform: &Platform) -> Self {
        let pools = platform.hosts().map(|host| host.db.pool().clone());
        Self { services: pools.into_iter().zip(TOPOLOGIES).map(|(pool, topology)| (pool, topology, 0)).collect() }
    }

    /// Waits for all that has been committed by now.
    ///
    /// # Errors
    /// If some event has no effect in time: its handler fails, or it is dead.
    pub(super) async fn all(&mut self) -> anyhow::Result<()> {
        let mut waiting: Vec<Vec<Uuid>> = vec![Vec::new(); self.services.len()];
        let topologies: Vec<&Topology> = self.services.iter().map(|(_, topology, _)| *topology).collect();
        for (pool, _, seen) in &mut self.services {
            let rows = sqlx::query("SELECT position, id, type FROM outbox WHERE position > $1 ORDER BY position")
                .bind(*seen)
                .fetch_all(&*pool)
                .await?;
            for row in &rows {
                *seen = row.try_get("position")?;
                let (id, event): (Uuid, String) = (row.try_get("id")?, row.try_get("type")?);
                for (topology, waiting) in topologies.iter().zip(&mut waiting) {
                    if topology.consumes.contains(&event.as_str()) {
                        waiting.push(id);
                    }
                }
            }
        }
        tokio::time::timeout(PATIENCE, self.handled(waiting))
            .await
            .context("events wait for too long; `tandem dead-letters list` may tell why")?
    }

    async fn handled(&self, waiting: Vec<Vec<Uuid>>) -> anyhow::Result<()> {
        for ((pool, ..), ids) in self.services.iter().zip(waiting) {
            let expected = i64::try_from(ids.len())?;
            while expected > 0 {
                let handled: i64 = sqlx::query_scalar("SELECT count(*) FROM inbox WHERE event_id = ANY($1)")
                    .bind(&ids)
                    .fetch_one(pool)
                    .await?;
                if handled >= expected {
                    break;
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
        Ok(())
    }
}
