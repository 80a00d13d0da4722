//! The copy of reasons.

use kernel::Text;

use super::super::domain::Reason;
use super::{Error, Tx};

/// Keeps a reason unless a newer version is there.
pub(crate) async fn keep(tx: &mut Tx, version: i64, reason: &Reason) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO reason_copy (code, version, name_fr, name_en, for_accept, for_decline, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (code) DO UPDATE
         SET version = excluded.version, name_fr = excluded.name_fr, name_en = excluded.name_en,
             for_accept = excluded.for_accept, for_decline = excluded.for_decline, active = excluded.active
         WHERE reason_copy.version < excluded.version",
        reason.code,
        version,
        reason.name.fr,
        reason.name.en,
        reason.for_accept,
        reason.for_decline,
        reason.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The reasons that may be given now, `D2` before `D10`.
pub(crate) async fn offered(tx: &mut Tx) -> Result<Vec<Reason>, Error> {
    let rows = sqlx::query!(
        "SELECT code, name_fr, name_en, for_accept, for_decline FROM reason_copy
         WHERE active ORDER BY char_length(code), code"
    )
    .map(|row| Reason {
        code: row.code,
        name: Text { fr: row.name_fr, en: row.name_en },
        for_accept: row.for_accept,
        for_decline: row.for_decline,
        active: true,
    })
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}
