//! The copy of sites.

use super::{Error, Tx};
use crate::domain::Site;

/// Keeps a site unless a newer version is there.
///
/// # Errors
/// If the database fails.
pub async fn keep(tx: &mut Tx, version: i64, site: &Site) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO site_copy (id, version, name) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name
         WHERE site_copy.version < excluded.version",
        site.id.uuid(),
        version,
        site.name,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
