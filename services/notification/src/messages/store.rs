//! The newest facts of each request.

use std::collections::{BTreeMap, HashMap, HashSet};

use chassis::{StoreError, Tx};
use kernel::PlacementRequestId;
use sqlx::types::Json;
use uuid::Uuid;

use super::Facts;

/// Keeps the newest facts of each request, unless newer ones are there, and answers the newest of each. The rows stay locked until
/// the transaction ends, so that the events of one request are handled one after the other.
pub(crate) async fn keep(
    tx: &mut Tx,
    facts: &[(i64, &Facts)],
) -> Result<HashMap<PlacementRequestId, Facts>, StoreError> {
    let mut newest: BTreeMap<Uuid, (i64, &Facts)> = BTreeMap::new();
    for (version, facts) in facts {
        let known = newest.entry(facts.request.uuid()).or_insert((*version, *facts));
        if known.0 < *version {
            *known = (*version, *facts);
        }
    }
    let kept = sqlx::query_scalar!(
        "INSERT INTO request (id, version, facts) SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::jsonb[])
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, facts = excluded.facts
         WHERE request.version < excluded.version
         RETURNING id",
        &newest.keys().copied().collect::<Vec<_>>(),
        &newest.values().map(|(version, _)| *version).collect::<Vec<_>>(),
        newest.values().map(|(_, facts)| Json(*facts)).collect::<Vec<_>>() as _,
    );
    let kept: HashSet<Uuid> = kept.fetch_all(&mut **tx).await?.into_iter().collect();
    let overtaken: Vec<Uuid> = newest.keys().copied().filter(|id| !kept.contains(id)).collect();
    let kept = newest.into_iter().filter(|(id, _)| kept.contains(id));
    let mut newest: HashMap<_, _> = kept.map(|(_, (_, facts))| (facts.request, facts.clone())).collect();
    if !overtaken.is_empty() {
        let rows = sqlx::query!(
            r#"SELECT id, facts AS "facts: Json<Facts>" FROM request WHERE id = any($1) ORDER BY id FOR UPDATE"#,
            &overtaken,
        );
        newest.extend(rows.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.id.into(), row.facts.0)));
    }
    Ok(newest)
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
