//! The keys that sign access tokens.

use chassis::Tx;
use kernel::Env;

use crate::{
    domain::signing_key::{AFTERLIFE, SigningKey},
    secrets,
    store::{
        self, StoreError,
        advisory::{self, Alone},
    },
};

/// Makes the first key, or the next one when the present one has signed for 30 days; forgets those whose last token has
/// ended. Replicas do it one after the other.
///
/// # Errors
/// [`StoreError`].
pub async fn look_after(tx: &mut Tx, env: &Env) -> Result<(), StoreError> {
    let now = env.now();
    advisory::lock(tx, Alone::SigningKeys).await?;
    store::signing_key::purge(tx, now - AFTERLIFE).await?;
    let present = store::signing_key::find_current(tx).await?;
    if present.is_none_or(|key| key.is_due(now)) {
        let key = secrets::new_key(now);
        store::signing_key::replace(tx, &key).await?;
        tracing::info!(kid = key.kid, "a new key signs access tokens");
    }
    Ok(())
}

/// The current key and those that still verify.
///
/// # Errors
/// [`StoreError`].
pub async fn list(tx: &mut Tx) -> Result<Vec<SigningKey>, StoreError> {
    store::signing_key::all(tx).await
}
