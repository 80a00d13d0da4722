//! Accounts that sleep for too long.

use chassis::{Failure, Host};
use jiff::SignedDuration;

use crate::accounts::app::states::DisableDormant;

/// Disables the accounts that nobody signed in to for 180 days (domain §4.3), some at a time. If the database fails, the next
/// run goes on.
pub async fn disable_dormant(host: Host, temporary_life: SignedDuration) -> anyhow::Result<()> {
    while host.db.write(&DisableDormant { temporary_life }, &host.env).await.map_err(Failure::into_anyhow)? {}
    Ok(())
}
