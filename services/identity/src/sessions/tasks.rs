//! Sessions that nobody needs any more.

use chassis::{Failure, Host};

use crate::sessions::app::ending::Purge;

/// Removes old sessions with their tokens, some at a time, and old attempts for logins that nobody has. If the database fails,
/// the next run goes on.
pub async fn purge_sessions(host: Host) -> anyhow::Result<()> {
    while host.db.write(&Purge, &host.env).await.map_err(Failure::into_anyhow)? {}
    Ok(())
}
