//! Accounts that sleep for too long.

use chassis::{Failure, Host};

use crate::accounts::app::states::DisableDormant;

/// Disables the accounts that nobody signed in to for 180 days (domain §4.3), some at a time. If the database fails, the next
/// run goes on.
pub async fn disable_dormant(host: Host) -> anyhow::Result<()> {
    while host.db.write(&DisableDormant, &host.env).await.map_err(Failure::into_anyhow)? {}
    Ok(())
}
