//! A place, as configuration tells it.

use chassis::Tx;

use crate::{
    domain::place::PlaceRecord,
    store::{self, StoreError},
};

/// Keeps a place in the copy, unless something newer is known of it.
///
/// # Errors
/// [`StoreError`].
pub async fn run(tx: &mut Tx, record: &PlaceRecord) -> Result<(), StoreError> {
    store::place::upsert(tx, record).await
}
