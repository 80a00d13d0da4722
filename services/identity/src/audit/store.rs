//! The record of access.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

use crate::audit::domain::AuditEntry;

/// Adds a line; there is no way to change or remove one.
///
/// # Errors
/// [`StoreError`].
pub async fn append(tx: &mut Tx, id: Uuid, at: Timestamp, entry: &AuditEntry) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO access_audit (id, at, what, person_id, actor_id, session_id, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id,
        at.to_sqlx() as _,
        entry.what.code(),
        entry.person.map(|id| id.uuid()),
        entry.actor.map(|id| id.uuid()),
        entry.session.map(|id| id.uuid()),
        entry.detail,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
