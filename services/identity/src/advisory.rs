//! Work that one replica does at a time.

use chassis::{StoreError, Tx};

/// What is done by one replica at a time. The numbers name the locks in this database, and mean nothing else.
#[derive(Clone, Copy, Debug)]
pub enum Alone {
    /// Making and retiring signing keys.
    SigningKeys = 0x7461_6e01,
    /// Making the first operator.
    Bootstrap = 0x7461_6e02,
}

/// Waits until no other replica is at it, and keeps the others out until the transaction ends.
///
/// # Errors
/// [`StoreError`].
pub async fn lock(tx: &mut Tx, what: Alone) -> Result<(), StoreError> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1) AS locked", what as i64).fetch_one(&mut **tx).await?;
    Ok(())
}
