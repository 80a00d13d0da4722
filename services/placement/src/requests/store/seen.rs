//! What each person has seen of each request. Whoever acts on one has seen it: that is noted with the history.

use std::collections::HashMap;

use kernel::{PersonId, PlacementRequestId};
use uuid::Uuid;

use super::Error;
use chassis::Tx;

/// Notes that somebody has seen a request in a version.
pub async fn mark(tx: &mut Tx, person: PersonId, request: PlacementRequestId, version: i64) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO request_seen AS old (person_id, request_id, version) VALUES ($1, $2, $3)
         ON CONFLICT (person_id, request_id) DO UPDATE SET version = excluded.version WHERE old.version < excluded.version",
        person.uuid(),
        request.uuid(),
        version,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The versions that somebody has seen of these requests; nothing of those that they have never opened.
pub async fn of(
    tx: &mut Tx,
    person: PersonId,
    requests: &[PlacementRequestId],
) -> Result<HashMap<PlacementRequestId, i64>, Error> {
    let ids: Vec<Uuid> = requests.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!(
        "SELECT request_id, version FROM request_seen WHERE person_id = $1 AND request_id = ANY($2)",
        person.uuid(),
        &ids,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.request_id.into(), row.version)).collect())
}
