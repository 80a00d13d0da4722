//! One service in memory, on a fresh database, with a clock that stands still: what the tests of a service are written
//! against. Events are handed to its handlers and read from its outbox; nothing else runs unless the test runs it.

use std::{collections::HashMap, sync::Arc};

use chassis::{
    Component, Host, Incoming, Process, Scope, Secret, Service, Settings, TaskRun,
    auth::{ClaimedGrant, Claims, ISSUER},
    config::{Database as DatabaseSettings, Internal},
};
use eventing::{
    Consumers, HandlerError, Transport,
    outbox::{self, Fact},
};
use jiff::{Timestamp, tz::TimeZone};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use kernel::{Clock, Env, FixedClock, Ids, Locale, PersonId, SessionId};
use proto::{
    Event,
    event::v1::Envelope,
    identity::v1::{Level, Role, ScopeKind},
};
use sqlx::PgPool;
use tonic::{
    Request, Status,
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};
use uuid::Uuid;

use crate::postgres::Database;

/// The moment at which the clock of a test stands at first: a Monday morning in Québec.
pub const MORNING: &str = "2026-11-23T14:00:00Z";
/// The province of the tests.
pub const PROVINCE: &str = "qc";
/// What services of the tests prove themselves to each other with.
pub const INTERNAL_SECRET: &str = "a secret that only tests know, of enough length";

fn internal() -> Internal {
    Internal { secret: Secret::new(INTERNAL_SECRET), ..Internal::default() }
}

const KEY_ID: &str = "testkit";
const PRIVATE_KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ4g3xm6d7O3NguQnj8hlnYVsUwtNDJi7Y8iir1hk8c2
-----END PRIVATE KEY-----";
const PUBLIC_KEY: &str = "QacAT4qk89kctK5gtMZpy-xDYwetS_1ZyeydCraLt5k";
/// Seconds that a test's token lives: an hour, so that a test may move the clock a little.
const TOKEN_SECONDS: i64 = 3600;

/// Who calls.
#[derive(Clone, Debug)]
pub struct User {
    /// The person.
    pub person: PersonId,
    /// The active role.
    pub role: Role,
    /// The level of all grants.
    pub level: Level,
    /// Where the grants hold.
    pub scopes: Vec<Scope>,
    /// The person's language.
    pub locale: Locale,
}

impl User {
    /// A regular user who reads French.
    #[must_use]
    pub fn new(person: PersonId, role: Role, scopes: impl Into<Vec<Scope>>) -> Self {
        Self { person, role, level: Level::Regular, scopes: scopes.into(), locale: Locale::Fr }
    }

    /// The same at another level.
    #[must_use]
    pub fn at(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// The same in another language.
    #[must_use]
    pub fn reading(self, locale: Locale) -> Self {
        Self { locale, ..self }
    }
}

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
    let shared: Arc<dyn Clock> = Arc::new(clock.clone());
    let zone = TimeZone::get("America/Toronto").expect("the time zone database is compiled in or installed");
    // Database and seed differ from test to test, the ids of one test are the same in every run.
    let env = Env { ids: Ids::seeded(Arc::clone(&shared), seed), clock: shared, zone };
    let mut process = Process::new(env, Transport::in_process(), &[S::NAME, "identity"]);
    process.trust(KEY_ID, DecodingKey::from_ed_components(PUBLIC_KEY).expect("a constant key"));
    for (name, channel) in peers {
        process.reach(name, channel);
    }
    let settings = Settings {
        database: database_settings(&database),
        internal: internal(),
        service: config,
        ..Settings::default()
    };
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
        let tokens = chassis::ServiceTokens::new(name, internal(), Arc::new(self.clock.clone()));
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

/// An access token for a user, signed with the key that services under test trust.
///
/// # Panics
/// Never: the key is a constant.
#[must_use]
pub fn token(user: &User, now: Timestamp) -> String {
    let grant = |scope: &Scope| {
        let kind = ScopeKind::from(scope.kind());
        ClaimedGrant { l: user.level.into(), k: kind.into(), s: scope.id().unwrap_or_default() }
    };
    let claims = Claims {
        iss: ISSUER.to_owned(),
        sub: user.person,
        sid: SessionId::from(Uuid::from_u128(1)),
        iat: now.as_second(),
        exp: now.as_second() + TOKEN_SECONDS,
        prv: PROVINCE.to_owned(),
        lang: user.locale.code().to_owned(),
        role: user.role.as_str_name().to_owned(),
        grants: user.scopes.iter().map(grant).collect(),
    };
    let header = Header { kid: Some(KEY_ID.to_owned()), ..Header::new(Algorithm::EdDSA) };
    let key = EncodingKey::from_ed_pem(PRIVATE_KEY.as_bytes()).expect("a constant key");
    jsonwebtoken::encode(&header, &claims, &key).expect("the claims can be written as JSON")
}
