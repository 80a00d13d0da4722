//! The copy of clinical services.

use super::super::domain::Service;
use super::{Error, Tx};

/// Keeps a service unless a newer version is there.
pub(crate) async fn keep(tx: &mut Tx, version: i64, service: &Service) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO service_copy (id, version, name_fr, name_en) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE
         SET version = excluded.version, name_fr = excluded.name_fr, name_en = excluded.name_en
         WHERE service_copy.version < excluded.version",
        service.id.uuid(),
        version,
        service.name.fr,
        service.name.en,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
