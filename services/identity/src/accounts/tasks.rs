//! Accounts that sleep for too long.

use chassis::Host;
use futures::FutureExt as _;

use crate::{accounts::app, tasks};

/// Disables the accounts that nobody signed in to for 180 days (domain §4.3), some at a time.
///
/// # Errors
/// If the database fails; the next run goes on.
pub async fn disable_dormant(host: Host) -> anyhow::Result<()> {
    while host.db.in_tx(&host.env, |tx, env| app::disable_dormant::run(tx, env).boxed()).await.map_err(tasks::failed)? {
    }
    Ok(())
}
