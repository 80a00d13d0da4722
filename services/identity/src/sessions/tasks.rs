//! Sessions that nobody needs any more.

use chassis::{Failure, Host};

use crate::sessions::app::ending::Purge;

/// Removes old sessions with their tokens, and wrong passwords that count no longer, some at a time. If the database fails, the
/// next run goes on.
pub async fn purge_sessions(host: Host) -> anyhow::Result<()> {
    while host.db.write(&Purge, &host.env).await.map_err(Failure::into_anyhow)? {}
    Ok(())
}
