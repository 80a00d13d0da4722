//! A private PostgreSQL cluster for the test process, and a database of its own for each test.

use std::{
    collections::HashSet,
    fmt::Write as _,
    process,
    sync::{
        LazyLock, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
pub use embedded::postgres::Cluster;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, PgPool, postgres::PgPoolOptions};
use tokio::sync::Mutex;

use crate::patience;

/// A superuser's address of the server that tests of this process use: `TANDEM_TEST_DATABASE_URL`, or a cluster that is
/// started at the first call.
///
/// # Panics
/// If there is no server and none can be started.
pub fn server_url() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    URL.get_or_init(|| match std::env::var("TANDEM_TEST_DATABASE_URL") {
        Ok(given) if !given.is_empty() => given,
        _ => {
            let start = || Cluster::temporary().unwrap_or_else(|error| panic!("tests need PostgreSQL: {error:#}"));
            CLUSTER.get_or_init(start).url().to_owned()
        }
    })
}

/// A database for one test, dropped at its end.
#[derive(Debug)]
pub struct Database {
    name: String,
    url: String,
}

impl Database {
    /// A database cloned from the template `name`, which `setup` fills once per process.
    ///
    /// # Panics
    /// If the server can't be had, or `setup` fails.
    pub async fn fresh(name: &str, setup: impl AsyncFnOnce(&Self) -> Result<()>) -> Self {
        let template = template(name, setup).await.unwrap_or_else(|error| panic!("template {name}: {error:#}"));
        let clone = unique(name);
        execute(&format!("create database {clone} template {template}"))
            .await
            .unwrap_or_else(|error| panic!("database from template {name}: {error:#}"));
        Self { url: with_database(server_url(), &clone), name: clone }
    }

    /// A database with nothing in it.
    ///
    /// # Panics
    /// If the server can't be had.
    pub async fn empty() -> Self {
        let name = unique("empty");
        let created = execute(&format!("create database {name} template template0")).await;
        created.unwrap_or_else(|error| panic!("empty database: {error:#}"));
        Self { url: with_database(server_url(), &name), name }
    }

    /// The superuser's address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address with `schema` as the search path of every connection.
    #[must_use]
    pub fn url_for_schema(&self, schema: &str) -> String {
        let separator = if self.url.contains('?') { '&' } else { '?' };
        format!("{}{separator}options=-csearch_path%3D{}", self.url, percent_encoded(schema))
    }

    /// Makes a schema.
    ///
    /// # Errors
    /// If it exists.
    pub async fn create_schema(&self, schema: &str) -> Result<()> {
        let mut connection = PgConnection::connect(&self.url).await?;
        let quoted = schema.replace('"', "\"\"");
        sqlx::raw_sql(AssertSqlSafe(format!("create schema \"{quoted}\""))).execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    /// A pool of connections into `schema`.
    ///
    /// # Panics
    /// If the server is away.
    pub async fn pool_for_schema(&self, schema: &str) -> PgPool {
        let options = PgPoolOptions::new().max_connections(20).acquire_timeout(patience(Duration::from_secs(30)));
        options.connect(&self.url_for_schema(schema)).await.expect("the test database accepts connections")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let statement = format!("drop database if exists {} with (force)", self.name);
        drop_in_background(async move { execute(&statement).await });
    }
}

/// Runs on a thread and a runtime of its own, because a drop can't wait and the test's runtime may be ending.
pub(crate) fn drop_in_background(work: impl Future<Output = Result<()>> + Send + 'static) {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        // What can't be removed now goes with the server.
        let _ = runtime.map(|runtime| runtime.block_on(work));
    });
}

async fn template(name: &str, setup: impl AsyncFnOnce(&Database) -> Result<()>) -> Result<String> {
    static MADE: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);
    let template = format!("template_{}_{}", process::id(), identifier(name));
    let mut made = MADE.lock().await;
    if !made.contains(&template) {
        execute(&format!("drop database if exists {template} with (force)")).await?;
        execute(&format!("create database {template} template template0")).await?;
        let database = Database { name: template.clone(), url: with_database(server_url(), &template) };
        let filled = setup(&database).await;
        std::mem::forget(database);
        filled?;
        // A connection that `setup` left open would forbid cloning.
        execute(&format!("alter database {template} allow_connections false")).await?;
        execute(&format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{template}'"))
            .await?;
        made.insert(template.clone());
    }
    Ok(template)
}

async fn execute(statement: &str) -> Result<()> {
    let mut connection = PgConnection::connect(server_url()).await?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

fn unique(name: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("test_{}_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed), identifier(name))
}

fn identifier(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).take(30).collect()
}

fn with_database(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, None), |(a, q)| (a, Some(q)));
    let authority = address.find("://").map_or(0, |at| at + 3);
    let end = address[authority..].find('/').map_or(address.len(), |at| authority + at);
    let query = query.map(|q| format!("?{q}")).unwrap_or_default();
    format!("{}/{name}{query}", &address[..end])
}

fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_in_an_address_is_replaced() {
        assert_eq!(with_database("postgres://u:p@h:1/a?x=y", "b"), "postgres://u:p@h:1/b?x=y");
        assert_eq!(with_database("postgres://u@h:1", "b"), "postgres://u@h:1/b");
    }

    #[test]
    fn a_schema_name_is_encoded() {
        assert_eq!(percent_encoded("a b,c"), "a%20b%2Cc");
    }
}
