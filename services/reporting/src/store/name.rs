//! Copies of configuration's names.

use chassis::db::Tx;

use crate::domain::name::Name;

/// Keeps a name unless a newer one is kept.
///
/// # Errors
/// If the database fails.
pub async fn keep(tx: &mut Tx, version: i64, name: &Name) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into name_copy (kind, id, version, name_fr, name_en) values ($1, $2, $3, $4, $5)
         on conflict (kind, id) do update
             set version = excluded.version, name_fr = excluded.name_fr, name_en = excluded.name_en
             where name_copy.version < excluded.version",
        name.kind.code(),
        name.id,
        version,
        name.fr,
        name.en,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
