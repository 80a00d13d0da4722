//! The newest facts of each request.

use std::collections::HashMap;

use chassis::{StoreError, Tx};
use kernel::PlacementRequestId;
use sqlx::types::Json;
use uuid::Uuid;

use super::Facts;

/// Keeps facts unless a newer version is there, and answers the newest with its version. The row stays locked until the
/// transaction ends, so that the events of one request are handled one after the other.
pub(crate) async fn keep(tx: &mut Tx, version: i64, facts: &Facts) -> Result<(i64, Facts), StoreError> {
    let done = sqlx::query!(
        "INSERT INTO request (id, version, facts) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, facts = excluded.facts
         WHERE request.version < excluded.version",
        facts.request.uuid(),
        version,
        Json(facts) as _,
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 1 {
        return Ok((version, facts.clone()));
    }
    let row = sqlx::query!(
        r#"SELECT version, facts AS "facts: Json<Facts>" FROM request WHERE id = $1 FOR UPDATE"#,
        facts.request.uuid(),
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.version, row.facts.0))
}

/// The newest facts of a request with their version, if any event of it has come.
pub(crate) async fn newest(tx: &mut Tx, request: PlacementRequestId) -> Result<Option<(i64, Facts)>, StoreError> {
    let row =
        sqlx::query!(r#"SELECT version, facts AS "facts: Json<Facts>" FROM request WHERE id = $1"#, request.uuid())
            .fetch_optional(&mut **tx)
            .await?;
    Ok(row.map(|row| (row.version, row.facts.0)))
}

/// The newest facts of requests.
pub(crate) async fn newest_of(
    tx: &mut Tx,
    requests: &[PlacementRequestId],
) -> Result<HashMap<PlacementRequestId, Facts>, StoreError> {
    if requests.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = requests.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!(r#"SELECT id, facts AS "facts: Json<Facts>" FROM request WHERE id = any($1)"#, &ids);
    Ok(rows.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.id.into(), row.facts.0)).collect())
}

/// Like [`newest`], holding the row: nothing else changes what hangs on the request meanwhile.
pub(crate) async fn lock(tx: &mut Tx, request: PlacementRequestId) -> Result<Option<(i64, Facts)>, StoreError> {
    let row = sqlx::query!(
        r#"SELECT version, facts AS "facts: Json<Facts>" FROM request WHERE id = $1 FOR UPDATE"#,
        request.uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.version, row.facts.0)))
}
