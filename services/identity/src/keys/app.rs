//! The keys that sign access tokens.

use chassis::{StoreError, Tx};
use kernel::Env;

use crate::{
    advisory::{self, Alone},
    keys::{
        access_token,
        domain::{AFTERLIFE, SigningKey},
        store,
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
    store::purge(tx, now - AFTERLIFE).await?;
    let present = store::find_current(tx).await?;
    if present.is_none_or(|key| key.is_due(now)) {
        let key = access_token::new_key(now);
        store::replace(tx, &key).await?;
        tracing::info!(kid = key.kid, "a new key signs access tokens");
    }
    Ok(())
}

/// The current key and those that still verify.
///
/// # Errors
/// [`StoreError`].
pub async fn list(tx: &mut Tx) -> Result<Vec<SigningKey>, StoreError> {
    store::all(tx).await
}
