//! Work that one transaction of all replicas does at a time.

use chassis::{StoreError, Tx};

/// What is done by one replica at a time. The numbers name the locks in this database, and mean nothing else.
#[derive(Clone, Copy, Debug)]
pub enum Alone {
    /// Making and retiring signing keys.
    SigningKeys = 0x7461_6e01,
    /// Making the first operator, and disabling one for sleeping.
    Operators = 0x7461_6e02,
}

/// Waits until no other replica is at it, and keeps the others out until the transaction ends.
///
/// # Errors
/// [`StoreError`].
pub async fn lock(tx: &mut Tx, what: Alone) -> Result<(), StoreError> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1) AS locked", what as i64).fetch_one(&mut **tx).await?;
    Ok(())
}

/// The first number of the locks of logins; the second is a part of the login's digest.
const LOGINS: i32 = 0x7461_6e03;

/// Waits until nobody else is tried at this login, whoever has it, and keeps others out until the transaction ends. Two that share the lock by chance
/// wait for each other without need.
///
/// # Errors
/// [`StoreError`].
pub async fn lock_login(tx: &mut Tx, login_digest: &[u8; 32]) -> Result<(), StoreError> {
    let [a, b, c, d, ..] = *login_digest;
    let part = i32::from_be_bytes([a, b, c, d]);
    sqlx::query!("SELECT pg_advisory_xact_lock($1::int4, $2::int4) AS locked", LOGINS, part)
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}
