//! A service with all that it is given.

use std::{sync::Arc, time::Duration};

use directory::Directory;

use super::Process;
use crate::{Component, Db, Host, KeySource, LinkSettings, Peers, Service, ServiceTokens, Settings, Waker, migrate};

/// The task that takes over what other processes have written to the directory.
pub const FOLLOW_DIRECTORY: &str = "follow_directory";

impl Process {
    /// Builds a service without serving it yet.
    pub async fn build<S: Service>(
        &self,
        settings: Settings<S::Config>,
        migrate: bool,
    ) -> anyhow::Result<(Host, Component)> {
        let db = Db::open(&settings.database, S::NAME, Arc::clone(&self.env.clock))?;
        if migrate {
            migrate::run::<S>(&db).await?;
        }
        let waiting = migrate::pending::<S>(&db).await?;
        anyhow::ensure!(waiting.is_empty(), "migrations of {} are pending: {}", S::NAME, waiting.join(", "));
        let directory = Directory::new(db.pool().clone());
        if S::DIRECTORY {
            directory.follow().await?;
        }
        let links = LinkSettings {
            age: Duration::from_millis(settings.server.connection_age_ms),
            // A little more than the other side takes for itself, which can tell better what it was.
            patience: Duration::from_millis(settings.server.deadline_ms) + Duration::from_millis(500),
        };
        let outside = Peers::at(&settings.peers, links)?;
        let inside = self.inside.iter().map(|(name, (channel, _))| ((*name).to_owned(), channel.clone()));
        let peers = outside.and(inside);
        let tokens = ServiceTokens::new(S::NAME, settings.internal.clone(), Arc::clone(&self.env.clock));
        let identity = peers.client("identity", &tokens);
        let is_known = identity.is_ok();
        let clock = Arc::clone(&self.env.clock);
        let keys = KeySource::new(identity.ok(), &settings.province.code, clock, self.trusted.clone());
        let host = Host {
            name: S::NAME,
            province: settings.province.code.as_str().into(),
            env: self.env.clone(),
            db,
            directory,
            peers,
            tokens,
            keys,
            waker: Waker::default(),
            stopping: self.lifecycle.soft().clone(),
        };
        let mut component = S::build(&host, settings.service).await?;
        if S::DIRECTORY {
            component = follow_directory(component, &host);
        }
        // A front end leaves verifying its callers to the gateway, which names the call for the keys among its own.
        let verifies = component.http.is_none() || S::TOPOLOGY.calls.iter().any(|call| call.rpc.ends_with("/GetJwks"));
        anyhow::ensure!(is_known || !verifies, "peers.identity is not configured: callers cannot be verified");
        let (declared, handled) =
            (S::TOPOLOGY.consumes, component.consumers.as_ref().map(eventing::Consumers::types).unwrap_or_default());
        anyhow::ensure!(
            declared.len() == handled.len() && declared.iter().all(|event| handled.contains(event)),
            "{}: the topology declares {declared:?}, handlers exist for {handled:?}",
            S::NAME
        );
        Ok((host, component))
    }
}

/// What other processes write is found by looking; what this one writes is taken over at its commit.
fn follow_directory(component: Component, host: &Host) -> Component {
    const EVERY: Duration = Duration::from_secs(1);
    let directory = host.directory.clone();
    component.task(FOLLOW_DIRECTORY, EVERY, move || {
        let directory = directory.clone();
        async move { Ok(directory.follow().await?) }
    })
}
