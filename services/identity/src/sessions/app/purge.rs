//! What nobody needs any more.

use chassis::{StoreError, Tx};
use jiff::SignedDuration;
use kernel::Env;

use crate::sessions::store;

/// How long a session's tokens are kept to recognise one that comes back.
const SESSIONS_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long failed attempts for logins that nobody has are kept.
const STRAYS_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Sessions per transaction.
const BATCH: i64 = 500;

/// Removes some of the old sessions, and old attempts for logins that nobody has; answers whether more may wait.
///
/// # Errors
/// [`StoreError`].
pub async fn run(tx: &mut Tx, env: &Env) -> Result<bool, StoreError> {
    store::stray_attempt::purge(tx, env.now() - STRAYS_KEPT).await?;
    let sessions = store::session::purge(tx, env.now() - SESSIONS_KEPT, BATCH).await?;
    Ok(i64::try_from(sessions).unwrap_or(i64::MAX) == BATCH)
}
