//! Sends held requests whose day has come (domain §7.4 no. 3): each in a transaction of its own, so that one that cannot go
//! out today keeps no other back.

use chassis::Host;
use futures::FutureExt as _;
use kernel::{ErrorKind, PlacementRequestId};

use crate::app::{self, Env};

/// Its name, for the configuration of alarms and for tests.
pub const NAME: &str = "release_held";

/// Releases batch after batch until nothing is due.
///
/// # Errors
/// If the database fails; the next run goes on.
pub async fn run(host: &Host, env: &Env, batch: i64) -> anyhow::Result<()> {
    loop {
        let context = (env, batch);
        let due = host.db.read_with(&context, |tx, (env, batch)| app::release_held::due(tx, env, *batch).boxed()).await;
        let due = due.map_err(|failure| anyhow::anyhow!(failure.chain()))?;
        let mut released = 0;
        for id in &due {
            released += usize::from(release(host, env, *id).await?);
        }
        // What is left over is being changed by somebody else, or broken: the next run tries again.
        if released < due.len() || due.is_empty() {
            return Ok(());
        }
    }
}

/// Answers whether it need not be tried again in this run.
async fn release(host: &Host, env: &Env, id: PlacementRequestId) -> anyhow::Result<bool> {
    let context = (env, id);
    let outcome = host.db.in_tx(&context, |tx, (env, id)| app::release_held::run(tx, env, *id).boxed()).await;
    match outcome {
        Ok(()) => Ok(true),
        Err(failure) if failure.kind() == ErrorKind::Unavailable => Err(anyhow::anyhow!(failure.chain())),
        Err(failure) => {
            tracing::warn!(request = %id, cause = failure.chain(), "a held request could not be released");
            Ok(false)
        }
    }
}
