//! Sessions that nobody needs any more.

use chassis::Host;
use futures::FutureExt as _;

use crate::{sessions::app, tasks};

/// Removes old sessions with their tokens, some at a time, and old attempts for logins that nobody has.
///
/// # Errors
/// If the database fails; the next run goes on.
pub async fn purge_sessions(host: Host) -> anyhow::Result<()> {
    while host.db.in_tx(&host.env, |tx, env| app::purge::run(tx, env).boxed()).await.map_err(tasks::failed)? {}
    Ok(())
}
