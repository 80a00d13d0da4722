//! An account switched on or off.

use chassis::{Failure, Tx};
use kernel::{Env, PersonId};

use crate::{
    accounts::{
        domain::account::{Account, AccountError, DisabledCause, StateName},
        store,
    },
    audit::{AuditEntry, What},
    people::{self, Actor},
    sessions::{self, EndCause},
};

/// Switches an account; the one that is as it should be stays untouched. Switching off ends its sessions.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `NO_ACCOUNT`; `PERSON_ARCHIVED` when enabling.
pub async fn run(tx: &mut Tx, env: &Env, actor: &Actor, id: PersonId, enabled: bool) -> Result<Account, Failure> {
    let person = people::administered(tx, actor, id).await?;
    let account = store::find(tx, id).await?.ok_or(AccountError::None)?;
    if enabled == (account.state.name() != StateName::Disabled) {
        return Ok(account);
    }
    let (account, entry) = if enabled {
        person.check_active()?;
        (account.enable(env.now())?, AuditEntry::of(What::AccountEnabled, id))
    } else {
        let cause = DisabledCause::Administrator;
        sessions::end_all(tx, id, EndCause::Disabled, env.now()).await?;
        (account.disable(cause, env.now())?, AuditEntry::of(What::AccountDisabled, id).with(cause.code()))
    };
    store::update(tx, &account).await?;
    people::note(tx, env, entry.by(actor.person)).await?;
    people::changed(tx, env, id).await?;
    Ok(account)
}
