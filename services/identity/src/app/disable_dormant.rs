//! Accounts that sleep for too long.

use chassis::{Failure, Tx};
use kernel::Env;

use super::announce;
use crate::{
    domain::{
        account::DisabledCause,
        audit::{AuditEntry, What},
        session::EndCause,
    },
    store,
};

/// Accounts per transaction.
const BATCH: i64 = 100;

/// Disables some of the accounts that nobody signed in to for 180 days (domain §4.3); answers whether more may wait.
///
/// # Errors
/// Those of the store.
pub async fn run(tx: &mut Tx, env: &Env) -> Result<bool, Failure> {
    let now = env.now();
    let asleep = store::account::dormant(tx, now, BATCH).await?;
    for &person in &asleep {
        store::person::lock(tx, person).await?;
        // Somebody may have signed in until we held the row.
        let Some(account) = store::account::find(tx, person).await?.filter(|a| a.is_dormant(now)) else { continue };
        let cause = DisabledCause::Dormant;
        store::account::update(tx, &account.disable(cause, now)?).await?;
        store::session::end_all(tx, person, EndCause::Disabled, now).await?;
        announce::note(tx, env, AuditEntry::of(What::AccountDisabled, person).with(cause.code())).await?;
        announce::changed(tx, env, person).await?;
    }
    Ok(i64::try_from(asleep.len()).unwrap_or(i64::MAX) == BATCH)
}
