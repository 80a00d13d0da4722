//! The keys that sign access tokens.

use chassis::Host;
use futures::FutureExt as _;

use crate::{keys::app, tasks};

/// Makes the next key when the present one has signed for 30 days, and forgets the one before a day later.
///
/// # Errors
/// If the database fails; the next run tries again.
pub async fn rotate_keys(host: Host) -> anyhow::Result<()> {
    let work = host.db.in_tx(&host.env, |tx, env| app::look_after(tx, env).boxed());
    work.await.map_err(tasks::failed)
}
