//! Keeps the copies of other services' data.

use chassis::Tx;

use super::Error;
use crate::{domain::copy::Copy, store};

/// Keeps an aggregate as it is in `version`, unless a newer one is there.
///
/// # Errors
/// If the store fails.
pub async fn run(tx: &mut Tx, version: i64, copy: &Copy) -> Result<(), Error> {
    Ok(store::copies::put(tx, version, copy).await?)
}
