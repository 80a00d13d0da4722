//! Takes old mails out of the log.

use chassis::{Failure, Host};
use jiff::SignedDuration;

use crate::app::prune_deliveries::{self, BATCH};

/// Goes on until nothing is left that is old enough.
///
/// # Errors
/// If the database fails; what is gone by then stays gone.
pub async fn run(host: Host, keep: SignedDuration) -> anyhow::Result<()> {
    let mut gone = 0;
    loop {
        let context = (&host.env, keep);
        let batch = host.db.in_tx(&context, |tx, (env, keep)| Box::pin(prune_deliveries::run(tx, env, *keep))).await;
        let batch = batch.map_err(|failure: Failure| anyhow::anyhow!(failure.chain()))?;
        gone += batch;
        if i64::try_from(batch).unwrap_or(BATCH) < BATCH {
            break;
        }
    }
    if gone > 0 {
        tracing::info!(gone, "old mails have been taken out of the log");
    }
    Ok(())
}
