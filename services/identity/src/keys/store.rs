//! Signing keys. All replicas share the table, so each signs with the key that is current at that moment.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

use crate::keys::domain::SigningKey;

struct Row {
    kid: String,
    seed: Vec<u8>,
    created_at: jiff_sqlx::Timestamp,
    retired_at: Option<jiff_sqlx::Timestamp>,
}

impl TryFrom<Row> for SigningKey {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let inconsistent = || StoreError::inconsistent("signing_key", "seed", &row.kid);
        let seed = row.seed.as_slice().try_into().map_err(|_| inconsistent())?;
        Ok(Self {
            seed,
            created_at: row.created_at.to_jiff(),
            retired_at: row.retired_at.map(jiff_sqlx::Timestamp::to_jiff),
            kid: row.kid,
        })
    }
}

/// The key that signs.
///
/// # Errors
/// [`StoreError`], also if there is none: the service makes one before it serves.
pub async fn current(tx: &mut Tx) -> Result<SigningKey, StoreError> {
    find_current(tx).await?.ok_or_else(|| StoreError::inconsistent("signing_key", "retired_at", Uuid::nil()))
}

/// The key that signs, if there is one yet.
///
/// # Errors
/// [`StoreError`].
pub async fn find_current(tx: &mut Tx) -> Result<Option<SigningKey>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"SELECT kid, seed, created_at AS "created_at: _", retired_at AS "retired_at: _"
           FROM signing_key WHERE retired_at IS NULL"#
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(TryInto::try_into)
    .transpose()
}

/// The current key and those that still verify, the newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn all(tx: &mut Tx) -> Result<Vec<SigningKey>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"SELECT kid, seed, created_at AS "created_at: _", retired_at AS "retired_at: _"
           FROM signing_key ORDER BY created_at DESC, kid"#
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

/// Makes `key` the current one and retires the one before.
///
/// # Errors
/// [`StoreError`].
pub async fn replace(tx: &mut Tx, key: &SigningKey) -> Result<(), StoreError> {
    sqlx::query!("UPDATE signing_key SET retired_at = $1 WHERE retired_at IS NULL", key.created_at.to_sqlx() as _)
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "INSERT INTO signing_key (kid, seed, created_at) VALUES ($1, $2, $3)",
        key.kid,
        key.seed.as_slice(),
        key.created_at.to_sqlx() as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Removes keys that were retired before `before`.
///
/// # Errors
/// [`StoreError`].
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let done =
        sqlx::query!("DELETE FROM signing_key WHERE retired_at < $1", before.to_sqlx() as _).execute(&mut **tx).await?;
    Ok(done.rows_affected())
}
