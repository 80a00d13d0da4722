//! What each person has seen of each request. Whoever acts on one has seen it: that is noted with the history.

use kernel::{PersonId, PlacementRequestId};

use super::Error;
use chassis::Tx;

/// Notes that somebody has seen a request in a version.
///
/// # Errors
/// If the database fails.
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
