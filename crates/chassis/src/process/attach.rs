//! A service that is built becomes part of the process: its events, its tasks, its calls.

use std::{sync::Arc, time::Duration};

use eventing::{Consumer, ConsumerConfig};

use super::{Incoming, Process};
use crate::{
    Component, Db, Host, Service, Settings, config,
    http_server::{self, Registry},
    serve,
    tasks::Task,
};

impl Process {
    /// Builds a service and serves it. With `migrate` its schema is brought up to date first; without, a pending migration
    /// refuses the start.
    ///
    /// # Errors
    /// If anything that it needs is missing or malformed.
    pub async fn add<S: Service>(
        &mut self,
        settings: Settings<S::Config>,
        incoming: Incoming,
        migrate: bool,
    ) -> anyhow::Result<Host> {
        let (server, broker) = (settings.server.clone(), settings.broker.clone());
        let (host, component) = self.build::<S>(settings, migrate).await?;
        self.attach::<S>(&host, component, &server, &broker, incoming)?;
        Ok(host)
    }

    /// Serves a service that has been built.
    ///
    /// # Errors
    /// If the contracts do not hold together.
    pub fn attach<S: Service>(
        &mut self,
        host: &Host,
        component: Component,
        server: &config::Server,
        broker: &config::Broker,
        incoming: Incoming,
    ) -> anyhow::Result<()> {
        if S::migrator().is_some() {
            self.readiness.databases.push(host.db.clone());
            if S::TOPOLOGY.has_events() {
                self.relays.push(self.relay(host));
            }
            let db = host.db.clone();
            self.tasks.push((forget_old_answers(db), host.waker.clone()));
        }
        let Component { routes, http, consumers, copies, tasks } = component;
        self.tasks.extend(tasks.into_iter().map(|task| (task, host.waker.clone())));
        if let Some(consumers) = consumers {
            self.copies.extend(copies.into_iter().map(|owner| (host.clone(), owner, consumers.clone())));
            let config = ConsumerConfig {
                retry_delays: broker.retry_delays_ms.iter().copied().map(Duration::from_millis).collect(),
                ..ConsumerConfig::default()
            };
            let consumer = Consumer::new(
                host.db.pool().clone(),
                self.transport.clone(),
                consumers.after_commit(host.db.outbox().clone()),
                Arc::clone(&self.env.clock),
                config,
            );
            self.readiness.subscribed.push(consumer.subscribed());
            self.consumers.push(consumer);
        }
        if let Some(router) = http {
            if let Incoming::Network(listener) = incoming {
                let registry = Registry::new(server);
                let open = Arc::clone(&registry);
                self.require("connections", move || open.lets_in());
                let serving = http_server::serve(listener, router, self.lifecycle.clone(), server.clone(), registry);
                self.lifecycle.spawn("http", serving);
            }
            return Ok(());
        }
        let routes = serve::routes(routes.routes(), host, S::messages(), server)?;
        if let Some((_, connections)) = self.inside.get_mut(S::NAME)
            && let Some(connections) = connections.take()
        {
            self.lifecycle.spawn("memory", serve::memory(connections, routes.clone(), self.lifecycle.clone()));
        }
        if let Incoming::Network(listener) = incoming {
            self.lifecycle.spawn("grpc", serve::tcp(listener, routes, self.lifecycle.clone()));
        }
        Ok(())
    }
}

fn forget_old_answers(db: Db) -> Task {
    const EVERY: Duration = Duration::from_hours(1);
    let run = move || {
        let db = db.clone();
        let work = async move {
            db.forget_old_answers().await?;
            Ok(())
        };
        Box::pin(work) as std::pin::Pin<Box<dyn Future<Output = _> + Send>>
    };
    Task { name: "forget_old_answers", every: EVERY, run: Arc::new(run) }
}
