//! Accounts that sleep for too long.

use chassis::{Failure, Tx};
use kernel::Env;

use crate::{
    accounts::{domain::account::DisabledCause, store},
    audit::{AuditEntry, What},
    people,
    sessions::{self, EndCause},
};

/// Accounts per transaction.
const BATCH: i64 = 100;

/// Disables some of the accounts that nobody signed in to for 180 days (domain §4.3); answers whether more may wait.
///
/// # Errors
/// Those of the store.
pub async fn run(tx: &mut Tx, env: &Env) -> Result<bool, Failure> {
    let now = env.now();
    let asleep = store::dormant(tx, now, BATCH).await?;
    for &person in &asleep {
        people::lock(tx, person).await?;
        // Somebody may have signed in until we held the row.
        let Some(account) = store::find(tx, person).await?.filter(|a| a.is_dormant(now)) else { continue };
        let cause = DisabledCause::Dormant;
        store::update(tx, &account.disable(cause, now)?).await?;
        sessions::end_all(tx, person, EndCause::Disabled, now).await?;
        people::note(tx, env, AuditEntry::of(What::AccountDisabled, person).with(cause.code())).await?;
        people::changed(tx, env, person).await?;
    }
    Ok(i64::try_from(asleep.len()).unwrap_or(i64::MAX) == BATCH)
}
