//! What became of many requests at once, sealed.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

pub(crate) struct Row {
    pub(crate) sealed: Vec<u8>,
    pub(crate) version: i32,
    pub(crate) held_until: Timestamp,
}

/// Which one, and of which browser.
pub(crate) type Key<'a> = (Uuid, &'a [u8]);

/// Adds one that somebody has begun to work on.
pub(crate) async fn insert(
    tx: &mut Tx,
    (id, digest): Key<'_>,
    sealed: &[u8],
    now: Timestamp,
    held_until: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO bulk_run (id, digest, sealed, created_at, held_until) VALUES ($1, $2, $3, $4, $5)",
        id,
        digest,
        sealed,
        now.to_sqlx() as _,
        held_until.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The one of an id, if it is the browser's.
pub(crate) async fn find(tx: &mut Tx, (id, digest): Key<'_>) -> Result<Option<Row>, StoreError> {
    let row =
        sqlx::query!("SELECT sealed, version, held_until FROM bulk_run WHERE id = $1 AND digest = $2", id, digest)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(row.map(|row| Row { sealed: row.sealed, version: row.version, held_until: row.held_until.to_jiff() }))
}

/// Takes over what nobody works on any more, unless somebody else was faster.
pub(crate) async fn take(
    tx: &mut Tx,
    (id, digest): Key<'_>,
    version: i32,
    now: Timestamp,
    held_until: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE bulk_run SET version = version + 1, held_until = $5
         WHERE id = $1 AND digest = $2 AND version = $3 AND held_until <= $4",
        id,
        digest,
        version,
        now.to_sqlx() as _,
        held_until.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes how far it is, unless somebody else has taken over.
pub(crate) async fn note(
    tx: &mut Tx,
    (id, digest): Key<'_>,
    version: i32,
    sealed: &[u8],
    held_until: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE bulk_run SET sealed = $4, held_until = $5 WHERE id = $1 AND digest = $2 AND version = $3",
        id,
        digest,
        version,
        sealed,
        held_until.to_sqlx() as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
