//! The PostgreSQL that Tandem and pgbench use: the one that is given, or one of our own that is as careful about its data as
//! one in production.

use std::{env, fs::Permissions, os::unix::fs::PermissionsExt as _};

use anyhow::{Context as _, Result};
use embedded::{Home, postgres::Cluster};
use serde::Serialize;
use sqlx::{
    AssertSqlSafe, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tempfile::TempDir;
use uuid::Uuid;

/// A superuser's address of a server to use instead of our own.
const GIVEN: &str = "TANDEM_TEST_DATABASE_URL";

/// A server. Our own ends with this value.
pub(crate) struct Server {
    /// Without the name of a database.
    url: String,
    /// The database that is always there.
    home: String,
    // The cluster stops before its folder goes.
    _own: Option<(Cluster, TempDir)>,
}

/// A database of this run.
pub(crate) struct Database {
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) pool: PgPool,
}

/// What numbers from this server depend on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Care {
    pub(crate) version: String,
    pub(crate) fsync: String,
    pub(crate) synchronous_commit: String,
}

impl Server {
    /// Takes the server that is given, or starts one.
    pub(crate) async fn open() -> Result<Self> {
        if let Ok(given) = env::var(GIVEN) {
            return Self::at(&given, None);
        }
        tokio::task::spawn_blocking(Self::start).await?
    }

    fn at(address: &str, own: Option<(Cluster, TempDir)>) -> Result<Self> {
        let (url, home) = address.rsplit_once('/').context("the server's address names no database")?;
        Ok(Self { url: url.to_owned(), home: home.to_owned(), _own: own })
    }

    fn start() -> Result<Self> {
        // The server's own account must be able to go through.
        let passable = Permissions::from_mode(0o711);
        let folder = tempfile::Builder::new().prefix("tandem-loadtest-").permissions(passable).tempdir()?;
        let password = Uuid::from_bytes(rand::random()).simple().to_string();
        let cluster = Cluster::start(&Home::Kept(folder.path().join("postgres")), &password)?;
        let url = cluster.url().to_owned();
        Self::at(&url, Some((cluster, folder)))
    }

    /// Makes an empty database.
    pub(crate) async fn create(&self, name: &str) -> Result<Database> {
        self.execute(&format!("CREATE DATABASE {name}")).await?;
        self.connect(name)
    }

    /// Makes a copy of a database that nobody else uses now.
    pub(crate) async fn copy(&self, from: &Database, name: &str) -> Result<Database> {
        from.pool.close().await;
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE {}", from.name)).await?;
        self.connect(name)
    }

    /// Opens a database once more, whose connections were closed.
    pub(crate) fn connect(&self, name: &str) -> Result<Database> {
        let url = format!("{}/{name}", self.url);
        // What we ask is no part of what is measured.
        let options = url.parse::<PgConnectOptions>()?.application_name("loadtest");
        let options = options.options([("log_min_duration_statement", "-1")]);
        let pool = PgPoolOptions::new().max_connections(2).connect_lazy_with(options);
        Ok(Database { name: name.to_owned(), url, pool })
    }

    /// Removes a database, whoever still uses it.
    pub(crate) async fn drop(&self, database: &Database) -> Result<()> {
        database.pool.close().await;
        self.execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", database.name)).await
    }

    /// Has the new connections to a database log every statement, or no longer.
    pub(crate) async fn log_statements(&self, database: &Database, on: bool) -> Result<()> {
        let setting = if on { "SET log_min_duration_statement = 0" } else { "RESET log_min_duration_statement" };
        self.execute(&format!("ALTER DATABASE {} {setting}", database.name)).await
    }

    /// Writes out what is pending, so that no measurement pays for what came before it.
    pub(crate) async fn settle(&self) -> Result<()> {
        self.execute("CHECKPOINT").await
    }

    /// What numbers from this server depend on.
    pub(crate) async fn care(&self) -> Result<Care> {
        let database = self.connect(&self.home)?;
        let query = "SELECT current_setting('server_version'), current_setting('fsync'), \
                     current_setting('synchronous_commit')";
        let (version, fsync, synchronous_commit) = sqlx::query_as(query).fetch_one(&database.pool).await?;
        database.pool.close().await;
        Ok(Care { version, fsync, synchronous_commit })
    }

    async fn execute(&self, statement: &str) -> Result<()> {
        let database = self.connect(&self.home)?;
        // Names are ours, made of letters and digits.
        sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
            .execute(&database.pool)
            .await
            .context(statement.to_owned())?;
        database.pool.close().await;
        Ok(())
    }
}
