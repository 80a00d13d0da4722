//! A publishing and a consuming service, reduced to their tables.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
    time::Duration,
};

use eventing::{
    AfterCommit, Consumer, ConsumerConfig, Consumers, Handle, HandleBatch, HandlerError, OutboxSignal, RabbitMqConfig,
    Read, Received, Relay, RelayConfig, Transport, Tx,
    outbox::{self, Fact},
};
use futures::{FutureExt as _, future::BoxFuture};
use kernel::{Clock as _, EventId, Ids, SystemClock};
use proto::Event;
use sqlx::PgPool;
use testkit::{postgres::Database, proxy::Proxy, rabbitmq::Broker, wait_for};
use tokio::{sync::Semaphore, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// The event of these tests.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub struct Changed {
    #[prost(string, tag = "1")]
    pub value: String,
}

impl Event for Changed {
    const TYPE: &'static str = "source.v1.changed";
}

/// An event that nobody publishes.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub struct Unknown {}

impl Event for Unknown {
    const TYPE: &'static str = "source.v1.unknown";
}

pub const QUEUE: &str = "target.events";

/// What the handler does, after it has written its effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    Take,
    Retry,
    Reject,
    Panic,
    Hang,
    WaitForAPermit,
    Collide,
    SwallowAnError,
}

type Script = dyn Fn(&str, u32) -> Reaction + Send + Sync;

/// Writes each event into `effect` and `projection`, then reacts as the script says to the value and the count of calls.
#[derive(Clone)]
pub struct Recorder {
    script: Arc<Script>,
    calls: Arc<Mutex<HashMap<String, u32>>>,
    /// How often it was told of a commit.
    pub commits: Arc<AtomicU32>,
    /// Shut until permits are added.
    pub permits: Arc<Semaphore>,
}

impl Recorder {
    pub fn new(script: impl Fn(&str, u32) -> Reaction + Send + Sync + 'static) -> Self {
        Self {
            script: Arc::new(script),
            calls: Arc::default(),
            commits: Arc::default(),
            permits: Arc::new(Semaphore::new(0)),
        }
    }

    pub fn taking() -> Self {
        Self::new(|_, _| Reaction::Take)
    }

    pub fn calls(&self, value: &str) -> u32 {
        self.calls.lock().unwrap().get(value).copied().unwrap_or(0)
    }

    fn count(&self, value: &str) -> u32 {
        let mut calls = self.calls.lock().unwrap();
        let count = calls.entry(value.to_owned()).or_default();
        *count += 1;
        *count
    }
}

impl AfterCommit for Recorder {
    fn committed(&self) -> BoxFuture<'_, ()> {
        self.commits.fetch_add(1, Ordering::Relaxed);
        std::future::ready(()).boxed()
    }
}

impl Handle<Changed> for Recorder {
    async fn handle(&self, tx: &mut Tx, received: Received<Changed>) -> Result<(), HandlerError> {
        let value = received.event.value;
        sqlx::query("insert into effect (event_id, aggregate_id, version, value) values ($1, $2, $3, $4)")
            .bind(received.id.uuid())
            .bind(&received.aggregate_id)
            .bind(received.aggregate_version)
            .bind(&value)
            .execute(&mut **tx)
            .await?;
        sqlx::query(
            "insert into projection (id, version, value) values ($1, $2, $3)
             on conflict (id) do update set version = excluded.version, value = excluded.value
             where projection.version < excluded.version",
        )
        .bind(&received.aggregate_id)
        .bind(received.aggregate_version)
        .bind(&value)
        .execute(&mut **tx)
        .await?;
        let nth = self.count(&value);
        match (self.script)(&value, nth) {
            Reaction::Take => Ok(()),
            Reaction::Retry => Err(HandlerError::Retry(anyhow::anyhow!("not yet"))),
            Reaction::Reject => Err(HandlerError::Reject(anyhow::anyhow!("poison"))),
            Reaction::Panic => panic!("the handler has a bug"),
            Reaction::Hang => std::future::pending().await,
            Reaction::WaitForAPermit => {
                self.permits.acquire().await.unwrap().forget();
                Ok(())
            }
            Reaction::Collide => {
                let collide = "do $$ begin raise exception 'collision' using errcode = '40001'; end $$";
                sqlx::query(collide).execute(&mut **tx).await?;
                Ok(())
            }
            Reaction::SwallowAnError => {
                let failed = sqlx::query("select 1 / 0").execute(&mut **tx).await;
                assert!(failed.is_err());
                Ok(())
            }
        }
    }
}

impl HandleBatch for Recorder {
    type Item = Received<Changed>;

    async fn handle(&self, tx: &mut Tx, batch: Vec<Received<Changed>>) -> Result<(), HandlerError> {
        assert!(
            batch.is_sorted_by_key(|received| received.aggregate_id.clone()),
            "in the order of their ids: {batch:?}"
        );
        for received in batch {
            Handle::handle(self, tx, received).await?;
        }
        Ok(())
    }
}

impl Read<Changed> for Recorder {
    fn read(&self, received: Received<Changed>) -> Result<Received<Changed>, HandlerError> {
        Ok(received)
    }
}

/// Databases, transport and network of one test.
pub struct World {
    pub source: PgPool,
    pub target: PgPool,
    pub broker: Option<Broker>,
    pub proxy: Option<Proxy>,
    pub ids: Ids,
    pub config: ConsumerConfig,
    pub relay_config: RelayConfig,
    takes_batches: bool,
    transport: Mutex<Transport>,
    serial: AtomicI64,
    pub signal: OutboxSignal,
    pub database: Database,
}

impl World {
    pub async fn in_process() -> Self {
        Self::new(None).await
    }

    /// In process, with a handler that takes batches.
    pub async fn in_batches() -> Self {
        Self { takes_batches: true, ..Self::in_process().await }
    }

    pub async fn on_rabbitmq() -> Self {
        Self::new(Some(Broker::fresh().await)).await
    }

    async fn new(broker: Option<Broker>) -> Self {
        let database = Database::fresh("eventing", schemas).await;
        let proxy = match &broker {
            Some(broker) => Some(Proxy::before(broker.address()).await),
            None => None,
        };
        let world = Self {
            source: database.pool_for_schema("source").await,
            target: database.pool_for_schema("target").await,
            broker,
            proxy,
            ids: Ids::random(Arc::new(SystemClock)),
            config: consumer_config(),
            relay_config: relay_config(),
            takes_batches: false,
            transport: Mutex::new(Transport::in_process()),
            serial: AtomicI64::new(0),
            signal: OutboxSignal::default(),
            database,
        };
        world.forget_transport();
        world
    }

    /// The transport of the present "process".
    pub fn transport(&self) -> Transport {
        self.transport.lock().unwrap().clone()
    }

    /// Goes by another broker.
    pub fn use_transport(&mut self, transport: Transport) {
        *self.transport.lock().unwrap() = transport;
    }

    /// What a killed process leaves of its transport: nothing.
    pub fn forget_transport(&self) {
        *self.transport.lock().unwrap() = match (&self.broker, &self.proxy) {
            (Some(broker), Some(proxy)) => {
                Transport::rabbitmq(RabbitMqConfig::new(broker.url_through(proxy.address())))
            }
            _ => Transport::in_process(),
        };
    }

    pub fn relay(&self) -> Relay {
        let clock = Arc::new(SystemClock);
        let config = self.relay_config.clone();
        Relay::new(self.source.clone(), self.transport(), "qc".to_owned(), clock, self.signal.clone(), config)
    }

    pub fn run_relay(&self) -> Running {
        let relay = self.relay();
        Running::spawn(|stop| relay.run(stop))
    }

    /// A running consumer that has subscribed.
    pub async fn consume(&self, recorder: &Recorder) -> Running {
        let none = Consumers::of("target");
        let consumers = if self.takes_batches {
            none.batch(recorder.clone()).on::<Changed>().end()
        } else {
            none.on::<Changed>(recorder.clone())
        };
        self.run(consumers.after_commit(recorder.clone())).await
    }

    /// The same of a release that knows no event yet.
    pub async fn consume_nothing_known(&self) -> Running {
        struct Unused;
        impl Handle<Unknown> for Unused {
            async fn handle(&self, _: &mut Tx, _: Received<Unknown>) -> Result<(), HandlerError> {
                Ok(())
            }
        }
        self.run(Consumers::of("target").on::<Unknown>(Unused)).await
    }

    /// A running consumer, with these handlers, that has subscribed.
    pub async fn run(&self, consumers: Consumers) -> Running {
        let clock = Arc::new(SystemClock);
        let consumer = Consumer::new(self.target.clone(), self.transport(), consumers, clock, self.config.clone());
        let subscribed = consumer.subscribed();
        let running = Running::spawn(|stop| consumer.run(stop));
        subscribed.wait().await;
        running
    }

    /// Commits an event, of an aggregate of its own.
    pub async fn publish(&self, value: &str) -> EventId {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        self.publish_as(&format!("aggregate-{serial}"), 1, value).await
    }

    pub async fn publish_as(&self, aggregate_id: &str, version: i64, value: &str) -> EventId {
        let mut tx = eventing::begin(&self.source).await.unwrap();
        let id = append(&mut tx, &self.ids, aggregate_id, version, value).await;
        tx.commit().await.unwrap();
        self.signal.committed();
        id
    }

    /// How often an event of this value took effect.
    pub async fn effects(&self, value: &str) -> i64 {
        let count = sqlx::query_scalar("select count(*) from effect where value = $1").bind(value);
        count.fetch_one(&self.target).await.unwrap()
    }

    pub async fn all_effects(&self) -> i64 {
        sqlx::query_scalar("select count(*) from effect").fetch_one(&self.target).await.unwrap()
    }

    pub async fn wait_for_effect(&self, value: &str) {
        wait_for(&format!("the effect of {value}"), async || self.effects(value).await > 0).await;
    }
}

pub async fn append(tx: &mut Tx, ids: &Ids, aggregate_id: &str, version: i64, value: &str) -> EventId {
    let id = ids.next();
    let now = SystemClock.now();
    let fact = Fact { id, aggregate_id: aggregate_id.to_owned(), aggregate_version: version, occurred_at: now };
    outbox::append(tx, &fact, &Changed { value: value.to_owned() }).await.unwrap();
    id
}

pub fn consumer_config() -> ConsumerConfig {
    ConsumerConfig {
        concurrency: 1,
        retry_delays: vec![Duration::from_millis(50); 2],
        poll_interval: Duration::from_millis(20),
        ..ConsumerConfig::default()
    }
}

pub fn relay_config() -> RelayConfig {
    RelayConfig {
        poll_interval: Duration::from_millis(50),
        housekeeping_interval: Duration::from_millis(100),
        ..RelayConfig::default()
    }
}

/// A task that can be stopped or killed; killed when dropped.
pub struct Running {
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
}

impl Running {
    fn spawn<F: Future<Output = ()> + Send + 'static>(run: impl FnOnce(CancellationToken) -> F) -> Self {
        let stop = CancellationToken::new();
        Self { task: Some(tokio::spawn(run(stop.clone()))), stop }
    }

    /// Asks it to end, and lets it.
    pub fn ask_to_stop(&self) {
        self.stop.cancel();
    }

    pub async fn stopped(mut self) {
        self.stop.cancel();
        self.task.take().unwrap().await.unwrap();
    }

    /// Ends it wherever it is, as a killed process would.
    pub async fn kill(mut self) {
        let task = self.task.take().unwrap();
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

pub async fn schemas(database: &Database) -> anyhow::Result<()> {
    for schema in ["source", "target"] {
        database.create_schema(schema).await?;
        eventing::MIGRATOR.run(&database.pool_for_schema(schema).await).await?;
    }
    let tables = "
        create table effect (
            position bigint generated always as identity, event_id uuid, aggregate_id text, version bigint, value text
        );
        create table projection (id text primary key, version bigint not null, value text not null);";
    sqlx::raw_sql(tables).execute(&database.pool_for_schema("target").await).await?;
    Ok(())
}
