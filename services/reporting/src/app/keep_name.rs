//! Keeps a name of configuration's.

use chassis::db::Tx;

use crate::{domain::name::Name, store};

/// Keeps a name unless a newer one is kept.
///
/// # Errors
/// If the database fails.
pub async fn run(tx: &mut Tx, version: i64, name: &Name) -> Result<(), sqlx::Error> {
    store::name::keep(tx, version, name).await
}
