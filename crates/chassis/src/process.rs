//! One process that hosts one service or many.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};

use directory::Directory;
use eventing::{Consumer, ConsumerConfig, RabbitMqConfig, Relay, RelayConfig, Transport};
use futures::FutureExt as _;
use jsonwebtoken::DecodingKey;
use kernel::{Clock, Env, Ids};
use tokio::{io::DuplexStream, net::TcpListener, sync::mpsc};
use tokio_util::task::TaskTracker;
use tonic::transport::Channel;

use crate::{
    Component, Db, Host, KeySource, Lifecycle, Peers, Service, ServiceTokens, Settings, Waker,
    admin::{self, Readiness},
    config, copies, migrate, peers, serve,
    tasks::Task,
};

/// The task that takes over what other processes have written to the directory.
pub const FOLLOW_DIRECTORY: &str = "follow_directory";

/// How often a start looks whether it has come to its end.
const PAUSE: Duration = Duration::from_millis(20);

/// What a service is reached by.
pub enum Incoming {
    Network(TcpListener),
    /// The other services of the same process only.
    Memory,
}

/// One process. [`Process::add`] puts services in; once all are in, [`Process::start`] lets events flow.
pub struct Process {
    lifecycle: Lifecycle,
    env: Env,
    transport: Transport,
    /// Channels in memory to the services that are, or will be, in this process.
    inside: BTreeMap<&'static str, (Channel, Option<mpsc::UnboundedReceiver<DuplexStream>>)>,
    readiness: Readiness,
    relays: Vec<Relay>,
    consumers: Vec<Consumer>,
    copies: Vec<(Host, &'static str, eventing::Consumers)>,
    /// Copies that are being filled.
    filling: TaskTracker,
    tasks: Vec<(Task, Waker)>,
    trusted: HashMap<String, DecodingKey>,
}

impl Process {
    /// An empty process whose services will find those of `inside` in memory.
    #[must_use]
    pub fn new(env: Env, transport: Transport, inside: &[&'static str]) -> Self {
        let pipe = |&name| {
            let (channel, connections) = peers::in_memory();
            (name, (channel, Some(connections)))
        };
        Self {
            lifecycle: Lifecycle::default(),
            env,
            transport,
            inside: inside.iter().map(pipe).collect(),
            readiness: Readiness::default(),
            relays: Vec::new(),
            consumers: Vec::new(),
            copies: Vec::new(),
            filling: TaskTracker::new(),
            tasks: Vec::new(),
            trusted: HashMap::new(),
        }
    }

    /// Time and ids as the machine gives them.
    ///
    /// # Errors
    /// If the time zone is unknown.
    pub fn env<C>(settings: &Settings<C>, clock: Arc<dyn Clock>) -> anyhow::Result<Env> {
        let zone = jiff::tz::TimeZone::get(&settings.province.time_zone)?;
        Ok(Env { ids: Ids::random(Arc::clone(&clock)), clock, zone })
    }

    /// The transport that the settings name: RabbitMQ, or tables when no broker is given.
    #[must_use]
    pub fn transport<C>(settings: &Settings<C>) -> Transport {
        let broker = &settings.broker;
        if broker.url.is_empty() {
            return Transport::in_process();
        }
        Transport::rabbitmq(RabbitMqConfig {
            prefetch: broker.prefetch,
            ca_file: Some(&broker.ca_file).filter(|file| !file.is_empty()).map(Into::into),
            ..RabbitMqConfig::new(broker.url.expose())
        })
    }

    #[must_use]
    pub const fn lifecycle(&self) -> &Lifecycle {
        &self.lifecycle
    }

    /// A channel in memory to a service of this process, as the bare caller sees it: without a service token.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<Channel> {
        self.inside.get(name).map(|(channel, _)| channel.clone())
    }

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
                consumers,
                Arc::clone(&self.env.clock),
                config,
            );
            self.readiness.subscribed.push(consumer.subscribed());
            self.consumers.push(consumer);
        }
        if let Some(router) = http {
            if let Incoming::Network(listener) = incoming {
                self.lifecycle.spawn("http", serve::http(listener, router, self.lifecycle.clone()));
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

    /// Trusts a key beside those that identity publishes: for tools and tests that sign in as anyone.
    pub fn trust(&mut self, kid: impl Into<String>, key: DecodingKey) {
        self.trusted.insert(kid.into(), key);
    }

    /// Reaches a service through a channel of the caller's.
    pub fn reach(&mut self, name: &'static str, channel: Channel) {
        self.inside.insert(name, (channel, None));
    }

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
        let outside = Peers::at(&settings.peers, Duration::from_millis(settings.server.connection_age_ms))?;
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

    /// A relay of a service's outbox, for the process itself and for tools that drain it.
    #[must_use]
    pub fn relay(&self, host: &Host) -> Relay {
        let pool = host.db.pool().clone();
        Relay::new(
            pool,
            self.transport.clone(),
            host.province.to_string(),
            Arc::clone(&self.env.clock),
            RelayConfig::default(),
        )
    }

    /// Lets events flow and tasks run. All consumers exist by now, so nothing is published past one of them.
    pub fn start(&mut self) {
        let soft = self.lifecycle.soft().clone();
        for consumer in self.consumers.drain(..) {
            let stop = soft.clone();
            self.lifecycle.spawn("consumer", consumer.run(stop).map(Ok));
        }
        for relay in self.relays.drain(..) {
            let stop = soft.clone();
            self.lifecycle.spawn("relay", relay.run(stop).map(Ok));
        }
        for (host, owner, consumers) in self.copies.drain(..) {
            let fill = copies::fill(host, owner, consumers, soft.clone());
            self.lifecycle.spawn("copy", self.filling.track_future(fill));
        }
        for (task, waker) in self.tasks.drain(..) {
            self.lifecycle.spawn(task.name, task.keep_running(waker, soft.clone()));
        }
    }

    /// Waits until what [`Process::start`] began has come to rest: the process is ready and its copies are filled. Gives up after
    /// `patience`, since a broker or a neighbour may come much later, and when the process stops. Whether it came so far.
    pub async fn settled(&self, patience: Duration) -> bool {
        let settled = async {
            while self.readiness.missing().await.is_some() {
                tokio::time::sleep(PAUSE).await;
            }
            self.filling.close();
            self.filling.wait().await;
        };
        tokio::select! {
            outcome = tokio::time::timeout(patience, settled) => outcome.is_ok(),
            () = self.lifecycle.soft().cancelled() => false,
        }
    }

    /// Counts the process as ready only while `is_there` says so too.
    pub fn require(&mut self, name: &'static str, is_there: impl Fn() -> bool + Send + Sync + 'static) {
        self.readiness.others.push((name, Arc::new(is_there)));
    }

    pub fn serve_admin(&self, listener: TcpListener) {
        // Not among the parts that a stop waits for: it answers until the very end.
        let serving = admin::serve(listener, self.readiness.clone(), self.lifecycle.clone());
        tokio::spawn(async move {
            if let Err(error) = serving.await {
                tracing::error!(error = format!("{error:#}"), "probes are not served any more");
            }
        });
    }

    /// Waits until the process is asked to stop, then drains it.
    pub async fn finished(self, grace: Duration) {
        self.lifecycle.finished(grace).await;
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
