//! The copy of sites.

use super::super::domain::Site;
use super::{Error, Tx};

/// Keeps a site unless a newer version is there.
pub(crate) async fn keep(tx: &mut Tx, version: i64, site: &Site) -> Result<(), Error> {
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
