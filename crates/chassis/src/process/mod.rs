//! One process that hosts one service or many.

mod attach;
mod build;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};

use eventing::{Consumer, RabbitMqConfig, Relay, RelayConfig, Transport};
use futures::FutureExt as _;
use jsonwebtoken::DecodingKey;
use kernel::{Clock, Env, Ids};
use tokio::{io::DuplexStream, net::TcpListener, sync::mpsc};
use tokio_util::task::TaskTracker;
use tonic::transport::Channel;

use crate::{
    Host, Lifecycle, Settings, Waker,
    admin::{self, Readiness},
    copies, peers,
    tasks::Task,
};

pub use build::FOLLOW_DIRECTORY;

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

    /// Trusts a key beside those that identity publishes: for tools and tests that sign in as anyone.
    pub fn trust(&mut self, kid: impl Into<String>, key: DecodingKey) {
        self.trusted.insert(kid.into(), key);
    }

    /// Reaches a service through a channel of the caller's.
    pub fn reach(&mut self, name: &'static str, channel: Channel) {
        self.inside.insert(name, (channel, None));
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
            host.db.outbox().clone(),
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
