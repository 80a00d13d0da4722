//! Whether mails are still to be sent: for whoever waits until none are.

use chassis::Tx;

use super::Error;
use crate::store;

/// Whether any delivery waits, to be sent or to be tried again.
///
/// # Errors
/// If the database fails.
pub async fn run(tx: &mut Tx) -> Result<bool, Error> {
    Ok(store::delivery::is_any_pending(tx).await?)
}
