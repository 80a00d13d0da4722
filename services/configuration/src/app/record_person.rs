//! Keeps the copy of identity's people.

use chassis::db::Tx;

use crate::{domain::Person, store::person};

/// Records what a version of a staff record says, unless a newer one is known.
pub async fn run(tx: &mut Tx, record: &Person, version: i64) -> Result<(), sqlx::Error> {
    person::record(tx, record, version).await
}
