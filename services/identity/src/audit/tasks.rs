//! Lines that nobody may keep any longer.

use chassis::{Failure, Host};
use jiff::SignedDuration;

use crate::audit::app::Purge;

/// Removes the lines whose retention has ended, some at a time. If the database fails, the next run goes on.
pub async fn purge_access_record(host: Host, keep: SignedDuration) -> anyhow::Result<()> {
    while host.db.write(&Purge { keep }, &host.env).await.map_err(Failure::into_anyhow)? {}
    Ok(())
}
