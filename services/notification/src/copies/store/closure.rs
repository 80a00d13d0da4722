//! The copy of closures.

use jiff_sqlx::ToSqlx as _;
use kernel::ClosureId;

use super::super::closure::{ClosedPlace, Closure, ClosureReason};
use super::{Error, Tx};

/// Keeps a closure unless a newer version is there.
pub(crate) async fn keep(tx: &mut Tx, version: i64, closure: &Closure) -> Result<(), Error> {
    let (kind, place) = match closure.place {
        ClosedPlace::Agency(id) => ("AGENCY", id.uuid()),
        ClosedPlace::Site(id) => ("SITE", id.uuid()),
        ClosedPlace::Destination(id) => ("DESTINATION", id.uuid()),
    };
    sqlx::query!(
        "INSERT INTO closure_copy (id, version, place_kind, place_id, start_date, end_date, reason, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE
         SET version = excluded.version, place_kind = excluded.place_kind, place_id = excluded.place_id,
             start_date = excluded.start_date, end_date = excluded.end_date, reason = excluded.reason,
             active = excluded.active
         WHERE closure_copy.version < excluded.version",
        closure.id.uuid(),
        version,
        kind,
        place,
        closure.start.to_sqlx() as _,
        closure.end.to_sqlx() as _,
        closure.reason.code(),
        closure.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A closure with the name of its place, as far as both are known here.
pub(crate) async fn find(tx: &mut Tx, id: ClosureId) -> Result<Option<(Closure, Option<String>)>, Error> {
    let Some(row) = sqlx::query!(
        r#"SELECT c.place_kind, c.place_id, c.start_date AS "start: jiff_sqlx::Date",
                  c.end_date AS "end: jiff_sqlx::Date", c.reason, c.active,
                  coalesce(a.name, s.name, d.name || ', ' || ds.name, d.name) AS "place?"
           FROM closure_copy c
           LEFT JOIN agency_copy a ON c.place_kind = 'AGENCY' AND a.id = c.place_id
           LEFT JOIN site_copy s ON c.place_kind = 'SITE' AND s.id = c.place_id
           LEFT JOIN destination_copy d ON c.place_kind = 'DESTINATION' AND d.id = c.place_id
           LEFT JOIN site_copy ds ON ds.id = d.site_id
           WHERE c.id = $1"#,
        id.uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?
    else {
        return Ok(None);
    };
    let wrong = |column| Error::inconsistent("closure_copy", column, id.uuid());
    let place = match row.place_kind.as_str() {
        "AGENCY" => ClosedPlace::Agency(row.place_id.into()),
        "SITE" => ClosedPlace::Site(row.place_id.into()),
        "DESTINATION" => ClosedPlace::Destination(row.place_id.into()),
        _ => return Err(wrong("place_kind")),
    };
    let closure = Closure {
        id,
        place,
        start: row.start.to_jiff(),
        end: row.end.to_jiff(),
        reason: ClosureReason::parse(&row.reason).ok_or_else(|| wrong("reason"))?,
        active: row.active,
    };
    Ok(Some((closure, row.place)))
}
