//! The copy of programs.

use super::super::domain::Program;
use super::{Error, Tx};

/// Keeps a program unless a newer version is there.
pub(crate) async fn keep(tx: &mut Tx, version: i64, program: &Program) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO program_copy (id, version, name_fr, name_en) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE
         SET version = excluded.version, name_fr = excluded.name_fr, name_en = excluded.name_en
         WHERE program_copy.version < excluded.version",
        program.id.uuid(),
        version,
        program.name.fr,
        program.name.en,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
