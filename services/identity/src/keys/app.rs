//! The keys that sign access tokens.

use chassis::{StoreError, Tx, UseCase};
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
#[derive(Clone, Copy, Debug)]
pub struct RotateKeys;

impl UseCase for RotateKeys {
    type Context = Env;
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<(), StoreError> {
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
}

/// The current key and those that still verify.
#[derive(Clone, Copy, Debug)]
pub struct ListKeys;

impl UseCase for ListKeys {
    type Context = Env;
    type Output = Vec<SigningKey>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<Vec<SigningKey>, StoreError> {
        store::all(tx).await
    }
}
