//! Failed attempts for logins that nobody has.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// Counts an attempt; answers how many there are with this one, at most 4.
///
/// # Errors
/// [`StoreError`].
pub async fn count(tx: &mut Tx, login_digest: &[u8; 32], now: Timestamp) -> Result<i16, StoreError> {
    let row = sqlx::query!(
        "INSERT INTO stray_attempt (login_digest, failed_attempts, last_at) VALUES ($1, 1, $2)
         ON CONFLICT (login_digest) DO UPDATE
             SET failed_attempts = least(stray_attempt.failed_attempts + 1, 4), last_at = excluded.last_at
         RETURNING failed_attempts",
        login_digest.as_slice(),
        now.to_sqlx() as _,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.failed_attempts)
}

/// Forgets those before `before`; answers how many.
///
/// # Errors
/// [`StoreError`].
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let done =
        sqlx::query!("DELETE FROM stray_attempt WHERE last_at < $1", before.to_sqlx() as _).execute(&mut **tx).await?;
    Ok(done.rows_affected())
}
