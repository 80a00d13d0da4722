//! The database in a file and out of it, by PostgreSQL's own programs.

use std::{
    fs::File,
    io::Seek as _,
    process::{Command, Stdio},
};

use anyhow::{Context as _, ensure};
use chassis::Secret;
use embedded::postgres;
use percent_encoding::percent_decode_str;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use crate::{
    archive::Migrations,
    database::{Databases, SCHEMAS, role},
    platform::newest_migrations,
};

/// A program that talks to the database.
pub(crate) struct Client {
    command: Command,
    /// Its version, the first number.
    pub(crate) version: u32,
}

impl Client {
    /// The program, of the version that the cluster in the data folder has, if that is the database; else the newest.
    ///
    /// # Errors
    /// If it is not installed.
    pub(crate) fn new(name: &str, databases_are_ours: bool) -> anyhow::Result<Self> {
        let path = if databases_are_ours { postgres::programs()?.join(name) } else { postgres::client(name)? };
        let said = Command::new(&path).arg("--version").output().with_context(|| path.display().to_string())?;
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let version = said.split(' ').find_map(|word| word.split(['.', '\n']).next()?.parse().ok());
        let version = version.with_context(|| format!("{} does not tell its version", path.display()))?;
        Ok(Self { command: Command::new(path), version })
    }

    /// Runs it against a database, whose password is not among the arguments, which all users of the machine can read.
    async fn run(mut self, url: &Secret, input: Stdio, output: Stdio) -> anyhow::Result<()> {
        let (address, password) = without_password(url.expose())?;
        self.command.arg(format!("--dbname={address}")).arg("--no-password");
        if let Some(password) = password {
            self.command.env("PGPASSWORD", password);
        }
        let program = self.command.get_program().to_string_lossy().into_owned();
        let mut command = self.command;
        command.stdin(input).stdout(output).stderr(Stdio::piped());
        let child = tokio::process::Command::from(command).kill_on_drop(true).spawn();
        let done = child.with_context(|| program.clone())?.wait_with_output().await?;
        ensure!(done.status.success(), "{program} failed:\n{}", String::from_utf8_lossy(&done.stderr).trim());
        Ok(())
    }
}

/// The database as it is at one moment, as long as this value is there.
pub(crate) struct Snapshot {
    connection: PgConnection,
    id: String,
    /// The server's version, the first number.
    version: u32,
}

impl Snapshot {
    /// # Errors
    /// If the database can't be reached.
    pub(crate) async fn take(url: &Secret) -> anyhow::Result<Self> {
        let mut connection = connect(url).await?;
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        let id = sqlx::query_scalar("SELECT pg_export_snapshot()").fetch_one(&mut connection).await?;
        let version: i32 = sqlx::query_scalar("SELECT current_setting('server_version_num')::int / 10000")
            .fetch_one(&mut connection)
            .await?;
        Ok(Self { connection, id, version: version.unsigned_abs() })
    }

    /// The newest migration of each history that there is.
    ///
    /// # Errors
    /// If the database fails.
    pub(crate) async fn migrations(&mut self) -> anyhow::Result<Migrations> {
        let mut found = Migrations::new();
        for (schema, histories) in newest_migrations() {
            for history in histories.into_keys() {
                let table = format!("{schema}.{history}");
                // Both names are constants of the services.
                let newest = AssertSqlSafe(format!("SELECT max(version) FROM {table} WHERE success"));
                if exists(&mut self.connection, &table).await?
                    && let Some(newest) = sqlx::query_scalar(newest).fetch_one(&mut self.connection).await?
                {
                    found.entry(schema.clone()).or_default().insert(history, newest);
                }
            }
        }
        Ok(found)
    }

    /// Writes all schemas into a file.
    ///
    /// # Errors
    /// If the program is older than the server, or fails.
    pub(crate) async fn dump(self, mut client: Client, url: &Secret, target: &File) -> anyhow::Result<()> {
        ensure!(
            client.version >= self.version,
            "pg_dump is of PostgreSQL {}, and the server of {}: install the Debian package `postgresql-client-{}`",
            client.version,
            self.version,
            self.version
        );
        client
            .command
            .args(["--format=custom", "--no-owner", "--no-privileges"])
            .arg(format!("--snapshot={}", self.id));
        client.command.args(SCHEMAS.map(|schema| format!("--schema={schema}")));
        client.run(url, Stdio::null(), target.try_clone()?.into()).await?;
        self.connection.close().await?;
        Ok(())
    }
}

/// Brings a dump into schemas that hold nothing: all of it, or, where they are in a database that was given, nothing.
///
/// # Errors
/// If the database can't be reached or does not take it.
pub(crate) async fn load(databases: &Databases, dump: &mut File) -> anyhow::Result<()> {
    let url = databases.owner()?;
    let mut connection = connect(url).await?;
    for schema in SCHEMAS {
        connection.execute(AssertSqlSafe(format!("CREATE SCHEMA IF NOT EXISTS {schema}"))).await?;
    }
    // In our cluster each schema has a role, whose everything in it will be.
    let ways: Vec<Vec<String>> = if databases.is_ours() {
        SCHEMAS.map(|schema| vec![format!("--schema={schema}"), format!("--role={}", role(schema))]).into()
    } else {
        vec![SCHEMAS.map(|schema| format!("--schema={schema}")).into()]
    };
    for way in ways {
        dump.rewind()?;
        let mut client = Client::new("pg_restore", databases.is_ours())?;
        client.command.args(["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]).args(way);
        client.run(url, dump.try_clone()?.into(), Stdio::null()).await?;
    }
    hand_events_over_again(&mut connection).await?;
    // Plans of queries follow from counts, which no dump holds.
    connection.execute("ANALYZE").await?;
    connection.close().await?;
    Ok(())
}

/// What had been published and lay in a broker when the backup was made is in its outbox still, and nowhere else. So each
/// service publishes again what it has published of late, and takes what it has not taken. What it has taken is in its inbox,
/// which must not be cleared by its age before.
async fn hand_events_over_again(connection: &mut PgConnection) -> anyhow::Result<()> {
    for schema in SCHEMAS {
        // One that was never migrated has neither.
        if !exists(connection, &format!("{schema}.outbox")).await? {
            continue;
        }
        let statements = format!(
            "UPDATE {schema}.outbox SET published_at = NULL, parked_at = NULL;
             UPDATE {schema}.inbox SET handled_at = now();"
        );
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The schemas that hold something.
///
/// # Errors
/// If the database can't be reached.
pub(crate) async fn filled_schemas(url: &Secret) -> anyhow::Result<Vec<String>> {
    let mut connection = connect(url).await?;
    let filled = sqlx::query_scalar(
        "SELECT nspname::text FROM pg_namespace n
         WHERE nspname = ANY($1) AND EXISTS (SELECT FROM pg_class WHERE relnamespace = n.oid) ORDER BY nspname",
    );
    let filled = filled.bind(SCHEMAS.map(str::to_owned).to_vec()).fetch_all(&mut connection).await?;
    connection.close().await?;
    Ok(filled)
}

async fn exists(connection: &mut PgConnection, table: &str) -> anyhow::Result<bool> {
    Ok(sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL").bind(table).fetch_one(connection).await?)
}

async fn connect(url: &Secret) -> anyhow::Result<PgConnection> {
    PgConnection::connect(url.expose()).await.context("the database can't be reached")
}

/// An address without its password, and the password.
fn without_password(url: &str) -> anyhow::Result<(String, Option<String>)> {
    let (scheme, rest) = url.split_once("://").context("database.url: it must begin with postgres://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let Some((user, server)) = authority.rsplit_once('@') else { return Ok((url.to_owned(), None)) };
    let (user, password) = user.split_once(':').map_or((user, None), |(user, password)| (user, Some(password)));
    let password = password.map(|password| percent_decode_str(password).decode_utf8()).transpose()?;
    Ok((format!("{scheme}://{user}@{server}{path}"), password.map(Into::into)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_no_argument() {
        let parted = |url: &str| without_password(url).unwrap();
        let plain = |text: &str| (text.to_owned(), None);
        assert_eq!(parted("postgres://u:p%40s@h:1/d?sslmode=require").0, "postgres://u@h:1/d?sslmode=require");
        assert_eq!(parted("postgres://u:p%40s@h:1/d").1.as_deref(), Some("p@s"));
        assert_eq!(parted("postgres://u@h/d"), plain("postgres://u@h/d"));
        assert_eq!(parted("postgres://h/d?options=a@b"), plain("postgres://h/d?options=a@b"));
        assert!(without_password("h/d").is_err());
    }
}
