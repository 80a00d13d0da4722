//! The copy of agencies.

use super::super::domain::Agency;
use super::{Error, Tx};

/// Keeps an agency unless a newer version is there.
pub(crate) async fn keep(tx: &mut Tx, version: i64, agency: &Agency) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO agency_copy (id, version, name) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name
         WHERE agency_copy.version < excluded.version",
        agency.id.uuid(),
        version,
        agency.name,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
