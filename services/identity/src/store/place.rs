//! The copy of configuration's tree of places.

use kernel::AgencyId;
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::domain::{
    place::{Lineage, Place, PlaceKind, PlaceRecord},
    role::Side,
};

const PLACING: &str = "PLACING";
const RECEIVING: &str = "RECEIVING";

/// Writes a place as an event told it, unless a newer event told it before.
///
/// # Errors
/// [`StoreError`].
pub async fn upsert(tx: &mut Tx, record: &PlaceRecord) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO place (id, kind, side, parents, active, version) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE
             SET kind = excluded.kind, side = excluded.side, parents = excluded.parents, active = excluded.active,
                 version = excluded.version
             WHERE place.version < excluded.version",
        record.place.id,
        record.place.kind.name(),
        record.side.map(|side| if side == Side::Placing { PLACING } else { RECEIVING }),
        &record.parents,
        record.active,
        record.version,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A place with all that lies above it; `None` if it is unknown, is of another kind, or its agency is not known yet.
///
/// # Errors
/// [`StoreError`].
pub async fn lineage(tx: &mut Tx, place: Place) -> Result<Option<Lineage>, StoreError> {
    let rows = sqlx::query!(
        r#"WITH RECURSIVE line AS (
               SELECT id, kind, side, parents, active FROM place WHERE id = $1 AND kind = $2
               UNION
               SELECT above.id, above.kind, above.side, above.parents, above.active
               FROM line JOIN place above ON above.id = ANY(line.parents)
           )
           SELECT id AS "id!", kind AS "kind!", side, active AS "active!" FROM line"#,
        place.id,
        place.kind.name(),
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut line = Vec::with_capacity(rows.len());
    let mut top = None;
    let mut active = false;
    for row in rows {
        let kind = PlaceKind::from_name(&row.kind).ok_or_else(|| StoreError::inconsistent("place", "kind", row.id))?;
        if kind == PlaceKind::Agency {
            let side = if row.side.as_deref() == Some(PLACING) { Side::Placing } else { Side::Receiving };
            top = Some((AgencyId::from(row.id), side));
        }
        active |= row.id == place.id && row.active;
        line.push(Place { kind, id: row.id });
    }
    Ok(top.map(|(agency, side)| Lineage { place, line, agency, side, active }))
}

/// The agencies that some places belong to.
///
/// # Errors
/// [`StoreError`].
pub async fn agencies_of(tx: &mut Tx, places: &[Uuid]) -> Result<Vec<AgencyId>, StoreError> {
    let rows = sqlx::query!(
        r#"WITH RECURSIVE line AS (
               SELECT id, kind, parents FROM place WHERE id = ANY($1)
               UNION
               SELECT above.id, above.kind, above.parents FROM line JOIN place above ON above.id = ANY(line.parents)
           )
           SELECT id AS "id!" FROM line WHERE kind = 'AGENCY' ORDER BY id"#,
        places,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| row.id.into()).collect())
}
