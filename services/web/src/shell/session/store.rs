//! Sessions of browsers, sealed: what is done to their rows, each in a transaction of its own.

use chassis::{StoreError, Tx, UseCase};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::Env;

pub(crate) struct Row {
    pub(crate) sealed: Vec<u8>,
    pub(crate) version: i32,
    pub(crate) active_at: Timestamp,
}

/// The session of a digest, if it has not ended.
pub(crate) struct Find<'a>(pub(crate) &'a [u8]);

impl UseCase for Find<'_> {
    type Context = Env;
    type Output = Option<Row>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Option<Row>, StoreError> {
        let row = sqlx::query!(
            "SELECT sealed, version, active_at FROM browser_session WHERE digest = $1 AND expires_at > $2",
            self.0,
            env.now().to_sqlx() as _
        )
        .fetch_optional(&mut **tx)
        .await?;
        Ok(row.map(|row| Row { sealed: row.sealed, version: row.version, active_at: row.active_at.to_jiff() }))
    }
}

pub(crate) struct Insert<'a> {
    pub(crate) digest: &'a [u8],
    pub(crate) sealed: &'a [u8],
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

impl UseCase for Insert<'_> {
    type Context = Env;
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO browser_session (digest, sealed, created_at, active_at, expires_at) VALUES ($1, $2, $3, $3, $4)",
            self.digest,
            self.sealed,
            self.created_at.to_sqlx() as _,
            self.expires_at.to_sqlx() as _
        )
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}

/// Replaces what is sealed; false if somebody else was faster.
pub(crate) struct Replace<'a> {
    pub(crate) digest: &'a [u8],
    pub(crate) version: i32,
    pub(crate) sealed: &'a [u8],
    pub(crate) expires_at: Timestamp,
}

impl UseCase for Replace<'_> {
    type Context = Env;
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE browser_session SET sealed = $3, version = version + 1, expires_at = $4 WHERE digest = $1 AND version = $2",
            self.digest,
            self.version,
            self.sealed,
            self.expires_at.to_sqlx() as _
        )
        .execute(&mut **tx)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}

/// Notes that the person does something.
pub(crate) struct Touch<'a>(pub(crate) &'a [u8]);

impl UseCase for Touch<'_> {
    type Context = Env;
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<(), StoreError> {
        let now = env.now();
        sqlx::query!("UPDATE browser_session SET active_at = $2 WHERE digest = $1", self.0, now.to_sqlx() as _)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

pub(crate) struct Delete<'a>(pub(crate) &'a [u8]);

impl UseCase for Delete<'_> {
    type Context = Env;
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<(), StoreError> {
        sqlx::query!("DELETE FROM browser_session WHERE digest = $1", self.0).execute(&mut **tx).await?;
        Ok(())
    }
}

/// Removes sessions that have ended.
pub(crate) struct Purge;

impl UseCase for Purge {
    type Context = Env;
    type Output = u64;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<u64, StoreError> {
        let done = sqlx::query!("DELETE FROM browser_session WHERE expires_at <= $1", env.now().to_sqlx() as _)
            .execute(&mut **tx)
            .await?;
        Ok(done.rows_affected())
    }
}
