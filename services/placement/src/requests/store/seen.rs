//! What each person has seen of each request. Whoever acts on one has seen it: that is noted with the history.

use kernel::{PersonId, PlacementRequestId};

use super::Error;
use chassis::Tx;

/// Notes that somebody has seen a request in a version, and that what they have seen is not what it was.
pub async fn mark(tx: &mut Tx, person: PersonId, request: PlacementRequestId, version: i64) -> Result<(), Error> {
    sqlx::query!(
        "WITH seen AS (
             INSERT INTO request_seen AS old (person_id, request_id, version) VALUES ($1, $2, $3)
             ON CONFLICT (person_id, request_id) DO UPDATE SET version = excluded.version
             WHERE old.version < excluded.version
             RETURNING person_id
         )
         INSERT INTO request_reader AS reader (person_id, marks) SELECT person_id, 1 FROM seen
         ON CONFLICT (person_id) DO UPDATE SET marks = reader.marks + 1",
        person.uuid(),
        request.uuid(),
        version,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How often somebody has opened a request that had changed.
pub async fn marks(tx: &mut Tx, person: PersonId) -> Result<i64, Error> {
    let marks = sqlx::query_scalar!("SELECT marks FROM request_reader WHERE person_id = $1", person.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(marks.unwrap_or_default())
}

/// The version that somebody has seen of a request; nothing of one that they have never opened.
pub async fn by(tx: &mut Tx, person: PersonId, request: PlacementRequestId) -> Result<Option<i64>, Error> {
    Ok(sqlx::query_scalar!(
        "SELECT version FROM request_seen WHERE person_id = $1 AND request_id = $2",
        person.uuid(),
        request.uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?)
}
