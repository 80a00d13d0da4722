//! Waiting until every event has had its effect: what is in the outboxes must be in the inboxes of all who have a queue for
//! it. That holds for tables and for a broker, and also if other processes serve the province at the same time.

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

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
    services: Vec<Service>,
}

struct Service {
    pool: PgPool,
    topology: &'static Topology,
    /// The last row of its outbox that has been looked at.
    seen: i64,
    /// Events that it has yet to handle, with their types.
    waiting: BTreeMap<Uuid, String>,
}

impl Settle {
    /// From the beginning.
    pub(super) fn new(platform: &Platform) -> Self {
        let service = |(host, topology): (&chassis::Host, _)| Service {
            pool: host.db.pool().clone(),
            topology,
            seen: 0,
            waiting: BTreeMap::new(),
        };
        Self { services: platform.hosts().into_iter().zip(TOPOLOGIES).map(service).collect() }
    }

    /// Waits for all that has been committed by now, and for what comes of it: handlers publish too.
    ///
    /// # Errors
    /// If some event has no effect in time: its handler fails, or it is dead.
    pub(super) async fn all(&mut self) -> anyhow::Result<()> {
        while self.look().await? {
            let handled = async {
                for service in &mut self.services {
                    service.catch_up().await?;
                }
                anyhow::Ok(())
            };
            match tokio::time::timeout(PATIENCE, handled).await {
                Ok(outcome) => outcome?,
                Err(_) => anyhow::bail!("events wait for too long: {}", self.waiting()),
            }
        }
        Ok(())
    }

    /// Notes who has to handle what has been told since the last look; whether there was anything.
    async fn look(&mut self) -> anyhow::Result<bool> {
        let mut any = false;
        for owner in 0..self.services.len() {
            for (id, event) in self.services[owner].news().await? {
                any = true;
                for service in &mut self.services {
                    if service.topology.consumes.contains(&event.as_str()) {
                        service.waiting.insert(id, event.clone());
                    }
                }
            }
        }
        Ok(any)
    }

    fn waiting(&self) -> String {
        let of = |service: &Service| {
            let types: HashSet<&str> = service.waiting.values().map(String::as_str).collect();
            format!("{} at {} ({})", service.waiting.len(), service.topology.service, Vec::from_iter(types).join(", "))
        };
        let behind = self.services.iter().filter(|service| !service.waiting.is_empty());
        behind.map(of).collect::<Vec<_>>().join("; ")
    }
}

impl Service {
    /// What it has told since the last look.
    async fn news(&mut self) -> anyhow::Result<Vec<(Uuid, String)>> {
        let rows = sqlx::query("SELECT position, id, type FROM outbox WHERE position > $1 ORDER BY position")
            .bind(self.seen)
            .fetch_all(&self.pool)
            .await?;
        let mut news = Vec::with_capacity(rows.len());
        for row in rows {
            self.seen = row.try_get("position")?;
            news.push((row.try_get("id")?, row.try_get("type")?));
        }
        Ok(news)
    }

    /// Waits until it has handled what it waits for.
    async fn catch_up(&mut self) -> anyhow::Result<()> {
        loop {
            let ids: Vec<Uuid> = self.waiting.keys().copied().collect();
            if ids.is_empty() {
                return Ok(());
            }
            let handled: Vec<Uuid> = sqlx::query_scalar("SELECT event_id FROM inbox WHERE event_id = ANY($1)")
                .bind(&ids)
                .fetch_all(&self.pool)
                .await?;
            for id in handled {
                self.waiting.remove(&id);
            }
            if !self.waiting.is_empty() {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
