//! A changed staff record.

use chassis::{Failure, Tx};
use kernel::Env;

use super::{
    access::{self, Actor},
    announce,
};
use crate::{
    domain::{
        account::{DisabledCause, StateName},
        audit::{AuditEntry, What},
        person::{Person, PersonEdit},
        session::EndCause,
    },
    store,
};

/// Changes a staff record. Archiving disables the account; restoring gives back the record, not the account (domain
/// §4.3). An edit that changes nothing leaves the version as it is.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`.
pub async fn run(tx: &mut Tx, env: &Env, actor: &Actor, edit: &PersonEdit) -> Result<Person, Failure> {
    let before = access::administered(tx, actor, edit.id).await?;
    let after = before.clone().edit(edit.clone())?;
    if after == before {
        return Ok(after);
    }
    store::person::update(tx, &after).await?;
    if before.active && !after.active {
        archive_account(tx, env, actor, &after).await?;
    }
    Ok(announce::changed(tx, env, after.id).await?.person)
}

async fn archive_account(tx: &mut Tx, env: &Env, actor: &Actor, person: &Person) -> Result<(), Failure> {
    let Some(account) = store::account::find(tx, person.id).await? else { return Ok(()) };
    if account.state.name() == StateName::Disabled {
        return Ok(());
    }
    let cause = DisabledCause::Archived;
    store::account::update(tx, &account.disable(cause, env.now())?).await?;
    store::session::end_all(tx, person.id, EndCause::Disabled, env.now()).await?;
    let entry = AuditEntry::of(What::AccountDisabled, person.id).by(actor.person).with(cause.code());
    Ok(announce::note(tx, env, entry).await?)
}
