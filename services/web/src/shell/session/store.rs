//! Sessions of browsers, sealed.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

pub(crate) struct Row {
    pub(crate) sealed: Vec<u8>,
    pub(crate) version: i32,
    pub(crate) active_at: Timestamp,
}

/// The session of a digest, if it has not ended by `now`.
pub(crate) async fn find(tx: &mut Tx, digest: &[u8], now: Timestamp) -> Result<Option<Row>, StoreError> {
    let row = sqlx::query!(
        "SELECT sealed, version, active_at FROM browser_session WHERE digest = $1 AND expires_at > $2",
        digest,
        now.to_sqlx() as _
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Row { sealed: row.sealed, version: row.version, active_at: row.active_at.to_jiff() }))
}

pub(crate) async fn insert(
    tx: &mut Tx,
    digest: &[u8],
    sealed: &[u8],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO browser_session (digest, sealed, created_at, active_at, expires_at) VALUES ($1, $2, $3, $3, $4)",
        digest,
        sealed,
        now.to_sqlx() as _,
        expires_at.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Replaces what is sealed, unless somebody else was faster.
pub(crate) async fn replace(
    tx: &mut Tx,
    digest: &[u8],
    version: i32,
    sealed: &[u8],
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE browser_session SET sealed = $3, version = version + 1, expires_at = $4 WHERE digest = $1 AND version = $2",
        digest,
        version,
        sealed,
        expires_at.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the person did something.
pub(crate) async fn touch(tx: &mut Tx, digest: &[u8], now: Timestamp) -> Result<(), StoreError> {
    sqlx::query!("UPDATE browser_session SET active_at = $2 WHERE digest = $1", digest, now.to_sqlx() as _)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub(crate) async fn delete(tx: &mut Tx, digest: &[u8]) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM browser_session WHERE digest = $1", digest).execute(&mut **tx).await?;
    Ok(())
}

/// Removes sessions that have ended by `now`.
pub(crate) async fn purge(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query!("DELETE FROM browser_session WHERE expires_at <= $1", now.to_sqlx() as _)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}
