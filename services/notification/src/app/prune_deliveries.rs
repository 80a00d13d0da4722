//! Takes old mails out of the log: their names and addresses are kept no longer than somebody might ask what became of them.

use chassis::Tx;
use jiff::SignedDuration;
use kernel::Env;

use super::Error;
use crate::store;

/// Most rows of one transaction.
pub const BATCH: i64 = 500;

/// Removes deliveries that were settled longer ago than `keep`, and answers how many: at most [`BATCH`]. What carries a link by
/// which somebody may still answer stays, and so does what was mailed again, until the later mail goes.
///
/// # Errors
/// If the database fails.
pub async fn run(tx: &mut Tx, env: &Env, keep: SignedDuration) -> Result<u64, Error> {
    let now = env.now();
    Ok(store::delivery::prune(tx, now - keep, now, BATCH).await?)
}
