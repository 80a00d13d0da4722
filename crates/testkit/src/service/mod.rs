//! One service in memory, on a fresh database, with a clock that stands still: what the tests of a service are written
//! against. Events are handed to its handlers and read from its outbox; nothing else runs unless the test runs it.

mod process;
mod user;

use std::{collections::HashMap, sync::Arc};

use chassis::{
    Component, Host, Incoming, Process, Secret, Service, Settings, TaskRun, config::Database as DatabaseSettings,
};
use eventing::{
    Consumers, HandlerError,
    outbox::{self, Fact},
};
use kernel::{Clock, FixedClock};
use proto::{Event, event::v1::Envelope};
use sqlx::PgPool;
use tonic::{
    Request, Status,
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};

pub use self::{
    process::{INTERNAL_SECRET, env, process, settings},
    user::{PROVINCE, User, published_key, token},
};
use crate::postgres::Database;

/// The moment at which the clock of a test stands at first: a Monday morning in Québec.
pub const MORNING: &str = "2026-11-23T14:00:00Z";

/// Adds a token to each call.
#[derive(Clone, Debug)]
pub struct Bearer(Option<String>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(token) = &self.0 {
            let value =
                format!("Bearer {token}").parse().map_err(|_| Status::internal("the token is no header value"))?;
            request.metadata_mut().insert("authorization", value);
        }
        Ok(request)
    }
}

/// What generated clients are made from: `XServiceClient::new(running.as_user(&user))`.
pub type Caller = InterceptedService<Channel, Bearer>;

/// A service under test.
pub struct Running {
    /// Its clock; the service sees what it shows.
    pub clock: FixedClock,
    /// A pool on its schema.
    pub db: PgPool,
    /// What it was built with.
    pub host: Host,
    channel: Channel,
    handlers: Option<Consumers>,
    tasks: HashMap<&'static str, TaskRun>,
    process: Process,
    database: Arc<Database>,
}

/// Starts a service on a fresh database.
///
/// # Panics
/// If it does not start.
pub async fn start<S: Service>(config: S::Config) -> Running {
    start_with::<S>(config, []).await
}

/// Starts a service on a fresh database, with other services, or what stands in for them, behind channels.
///
/// # Panics
/// If it does not start.
pub async fn start_with<S: Service>(
    config: S::Config,
    peers: impl IntoIterator<Item = (&'static str, Channel)>,
) -> Running {
    let clock = FixedClock::at(MORNING.parse().expect("a constant instant"));
    let shared: Arc<dyn Clock> = Arc::new(clock.clone());
    let database = Database::fresh(S::NAME, async |template| {
        let db = chassis::Db::open(&database_settings(template), S::NAME, Arc::clone(&shared))?;
        chassis::migrate::run::<S>(&db).await?;
        db.pool().close().await;
        Ok(())
    })
    .await;
    run::<S>(config, peers, clock, Arc::new(database), 1).await
}

/// One process with a service, on a database that is there. `seed` tells its ids from those of other replicas.
async fn run<S: Service>(
    config: S::Config,
    peers: impl IntoIterator<Item = (&'static str, Channel)>,
    clock: FixedClock,
    database: Arc<Database>,
    seed: u64,
) -> Running {
    // Database and seed differ from test to test, the ids of one test are the same in every run.
    let mut process = process(env(&clock, seed), &[S::NAME, "identity"], peers);
    let settings = Settings { database: database_settings(&database), ..settings(config) };
    let (server, broker) = (settings.server.clone(), settings.broker.clone());
    let (host, component): (Host, Component) = process.build::<S>(settings, false).await.expect("the service builds");
    let (handlers, tasks) = (component.handlers(), component.runs());
    process.attach::<S>(&host, component, &server, &broker, Incoming::Memory).expect("the service is served");
    let channel = process.channel(S::NAME).expect("the service is in this process");
    Running { clock, db: host.db.pool().clone(), host, channel, handlers, tasks, process, database }
}

fn database_settings(database: &Database) -> DatabaseSettings {
    DatabaseSettings { url: Secret::new(database.url()), max_connections: 10, acquire_timeout_ms: 30_000 }
}

impl Running {
    /// Starts a second replica of the service: another process, on the same database and by the same clock.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn replica<S: Service>(&self, config: S::Config) -> Self {
        run::<S>(config, [], self.clock.clone(), Arc::clone(&self.database), 2).await
    }

    /// Asks the process to stop; what is in hand is finished.
    pub fn stop(&self) {
        self.process.lifecycle().stop();
    }

    /// Calls without a token.
    #[must_use]
    pub fn as_nobody(&self) -> Caller {
        InterceptedService::new(self.channel.clone(), Bearer(None))
    }

    /// Calls with a token that is given.
    #[must_use]
    pub fn with_token(&self, token: impl Into<String>) -> Caller {
        InterceptedService::new(self.channel.clone(), Bearer(Some(token.into())))
    }

    /// Calls as a person.
    #[must_use]
    pub fn as_user(&self, user: &User) -> Caller {
        self.with_token(token(user, self.clock.now()))
    }

    /// Calls as another service of Tandem.
    #[must_use]
    pub fn as_service(&self, name: &'static str) -> Caller {
        let tokens = chassis::ServiceTokens::new(name, process::internal(), Arc::new(self.clock.clone()));
        self.with_token(tokens.issue())
    }

    /// An event as it arrives, which happens now.
    #[must_use]
    pub fn arriving<E: Event>(&self, event: &E, aggregate_id: impl ToString, version: i64) -> Envelope {
        let fact = Fact {
            id: self.host.env.ids.next(),
            aggregate_id: aggregate_id.to_string(),
            aggregate_version: version,
            occurred_at: self.clock.now(),
        };
        outbox::envelope(&fact, PROVINCE, event)
    }

    /// Hands an event to the service's handler, as a delivery that no inbox has seen.
    ///
    /// # Errors
    /// What the handler answers; nothing is kept then.
    ///
    /// # Panics
    /// If the service has no handler for it, or the database is away.
    pub async fn deliver<E: Event>(
        &self,
        event: &E,
        aggregate_id: impl ToString,
        version: i64,
    ) -> Result<(), HandlerError> {
        self.deliver_all(&[self.arriving(event, aggregate_id, version)]).await
    }

    /// Hands events over as one batch, none of which an inbox has seen.
    ///
    /// # Errors
    /// What a handler answers; nothing of the batch is kept then.
    ///
    /// # Panics
    /// If the service has no handler for one, or the database is away.
    pub async fn deliver_all(&self, arriving: &[Envelope]) -> Result<(), HandlerError> {
        let handlers = self.handlers.as_ref().expect("the service handles events");
        let mut tx = eventing::begin(&self.db).await.expect("a transaction");
        let handled = handlers.apply(&mut tx, arriving).await?;
        assert_eq!(handled, arriving.len(), "each has a handler");
        tx.commit().await.expect("the effect is committed");
        handlers.committed().await;
        Ok(())
    }

    /// The events of a type in the service's outbox, oldest first.
    ///
    /// # Panics
    /// If one cannot be decoded.
    pub async fn published<E: Event>(&self) -> Vec<E> {
        let rows: Vec<Vec<u8>> = sqlx::query_scalar("select payload from outbox where type = $1 order by position")
            .bind(E::TYPE)
            .fetch_all(&self.db)
            .await
            .expect("the outbox can be read");
        rows.iter().map(|bytes| E::decode(bytes.as_slice()).expect("the payload is of its type")).collect()
    }

    /// Runs a task of the service once.
    ///
    /// # Errors
    /// What the task answers.
    ///
    /// # Panics
    /// If there is no such task.
    pub async fn run_task(&self, name: &str) -> anyhow::Result<()> {
        let run = self.tasks.get(name).unwrap_or_else(|| panic!("no task {name}"));
        run().await
    }
}
