//! Migrations: a step of their own. A server refuses to start while one is pending.

use std::collections::BTreeMap;

use sqlx::{Connection as _, Executor as _, migrate::Migrator};

use crate::{Db, Service};

static CHASSIS: Migrator = sqlx::migrate!();

/// The histories that make up a service's schema: eventing's, the chassis', the directory's if it keeps one, and its own; none
/// for a service without a schema.
fn histories<S: Service>() -> Vec<&'static Migrator> {
    let Some(own) = S::migrator() else { return Vec::new() };
    let directory = S::DIRECTORY.then_some(&directory::MIGRATOR);
    [&eventing::MIGRATOR, &CHASSIS].into_iter().chain(directory).chain([own]).collect()
}

/// Brings the schema of a service up to date, making it if it is not there.
///
/// # Errors
/// If the database is away, or a migration fails; the ones before it stay.
pub async fn run<S: Service>(db: &Db) -> anyhow::Result<()> {
    let (schema, histories) = (S::NAME, histories::<S>());
    if histories.is_empty() {
        return Ok(());
    }
    let mut connection = db.pool().acquire().await?;
    let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)")
        .bind(schema)
        .fetch_one(&mut *connection)
        .await?;
    if !exists {
        // The name is a constant of the service, never input.
        connection.execute(sqlx::AssertSqlSafe(format!("CREATE SCHEMA IF NOT EXISTS {schema}"))).await?;
    }
    for history in histories {
        history.run_direct(None, &mut *connection, false).await?;
    }
    connection.ping().await?;
    Ok(())
}

/// The migrations that have not been applied, by description.
pub async fn pending<S: Service>(db: &Db) -> anyhow::Result<Vec<String>> {
    let mut waiting = Vec::new();
    for history in histories::<S>() {
        let applied: Vec<i64> = match sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "SELECT version FROM {} WHERE success",
            history.table_name
        )))
        .fetch_all(db.pool())
        .await
        {
            Ok(versions) => versions,
            Err(error) if is_undefined(&error) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let missing = history.iter().filter(|m| !applied.contains(&m.version));
        waiting.extend(missing.map(|m| format!("{} {}", m.version, m.description)));
    }
    Ok(waiting)
}

/// The newest migration of each history of a service, by the table that counts it. Empty for a service without a schema.
#[must_use]
pub fn newest<S: Service>() -> BTreeMap<String, i64> {
    let newest = |history: &Migrator| history.iter().map(|migration| migration.version).max();
    let newest = |history: &'static Migrator| Some((history.table_name.to_string(), newest(history)?));
    histories::<S>().into_iter().filter_map(newest).collect()
}

/// No such table: nothing has been migrated yet.
fn is_undefined(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(sqlx::error::DatabaseError::code).is_some_and(|code| code == "42P01")
}
