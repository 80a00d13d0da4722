//! The pool of one service's schema, and the one place where RPCs and tasks open transactions.

use std::{sync::Arc, time::Duration};

use eventing::{Appends, OutboxSignal};
use futures::FutureExt as _;
use kernel::Clock;
use sqlx::{
    Connection as _, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{StoreError, UseCase, config, error::Failure};

pub use eventing::{Appended, Tail, Tx};

/// How long a connection may have lain idle and still count as alive: each has been asked when it was given back. One that has
/// ended meanwhile is noticed where a transaction begins (`eventing::begin`).
const COUNTS_AS_ALIVE: Duration = Duration::from_secs(1);

/// How often a transaction that lost against another is tried again.
const SERIALIZATION_RETRIES: u32 = 5;

/// A service's database: its schema alone, through its own role.
#[derive(Clone)]
pub struct Db {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    outbox: OutboxSignal,
}

impl Db {
    /// Opens a pool whose connections see `schema` alone.
    ///
    /// # Errors
    /// If the URL is malformed. Nothing is connected yet.
    pub fn open(settings: &config::Database, schema: &str, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        // A service without a schema is given no address; whatever asks its pool for a connection is told that it is away.
        let url = if settings.url.is_empty() { "postgres://nobody@127.0.0.1:1/none" } else { settings.url.expose() };
        let options: PgConnectOptions = url.parse().map_err(|_| anyhow::anyhow!("database.url: malformed"))?;
        let options = options.application_name(&format!("tandem-{schema}")).options([("search_path", schema)]);
        let pool = PgPoolOptions::new()
            .max_connections(settings.max_connections)
            .acquire_timeout(Duration::from_millis(settings.acquire_timeout_ms))
            .test_before_acquire(false)
            .before_acquire(|connection, lain| {
                let asked = lain.idle_for >= COUNTS_AS_ALIVE;
                async move { Ok(!asked || connection.ping().await.is_ok()) }.boxed()
            })
            .connect_lazy_with(options);
        Ok(Self { pool, clock, outbox: OutboxSignal::default() })
    }

    /// The bare pool, for eventing and for migrations.
    #[must_use]
    pub const fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// What the schema's relay is told of each commit.
    pub(crate) const fn outbox(&self) -> &OutboxSignal {
        &self.outbox
    }

    /// The events that are appended to the schema's outbox from now on, whichever process appends them.
    ///
    /// # Errors
    /// If the database is away.
    pub async fn tail(&self) -> Result<Tail, StoreError> {
        Ok(Tail::begin(self.pool.clone()).await?)
    }

    /// When to read it.
    #[must_use]
    pub fn appends(&self) -> Appends {
        Appends::of(self.outbox.clone())
    }

    pub(crate) const fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Runs a use case in a transaction and commits it if it answers `Ok`. One that lost against another transaction is run
    /// again.
    ///
    /// # Errors
    /// What the use case answers, or that the database is away.
    pub async fn write<U: UseCase>(&self, use_case: &U, cx: &U::Context) -> Result<U::Output, Failure> {
        let mut attempt = 0;
        loop {
            let failure = match self.attempt(use_case, cx).await {
                Ok(value) => return Ok(value),
                Err(failure) => failure,
            };
            if attempt == SERIALIZATION_RETRIES || !failure.is_serialization_failure() {
                return Err(failure);
            }
            attempt += 1;
            metrics::counter!("tandem_transaction_retries_total").increment(1);
        }
    }

    async fn attempt<U: UseCase>(&self, use_case: &U, cx: &U::Context) -> Result<U::Output, Failure> {
        let mut tx = eventing::begin(&self.pool).await.map_err(StoreError::Database)?;
        let value = use_case.run(&mut tx, cx).await.map_err(Into::into)?;
        tx.commit().await.map_err(StoreError::Database)?;
        self.outbox.committed();
        Ok(value)
    }

    /// Runs a use case in a transaction that cannot write, on one snapshot.
    ///
    /// # Errors
    /// What the use case answers, or that the database is away.
    pub async fn read<U: UseCase>(&self, use_case: &U, cx: &U::Context) -> Result<U::Output, Failure> {
        let mut tx = eventing::begin_reading(&self.pool).await.map_err(StoreError::Database)?;
        let value = use_case.run(&mut tx, cx).await.map_err(Into::into)?;
        tx.commit().await.map_err(StoreError::Database)?;
        Ok(value)
    }
}
