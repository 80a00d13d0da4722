//! A changed staff record.

use chassis::{Failure, Tx};
use kernel::Env;

use crate::{
    accounts::{self, DisabledCause, StateName},
    audit::{AuditEntry, What},
    people::{
        app::{self, access::Actor},
        domain::person::{Person, PersonEdit},
        store,
    },
    sessions::{self, EndCause},
};

/// Changes a staff record. Archiving disables the account; restoring gives back the record, not the account (domain
/// §4.3). An edit that changes nothing leaves the version as it is.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`.
pub async fn run(tx: &mut Tx, env: &Env, actor: &Actor, edit: &PersonEdit) -> Result<Person, Failure> {
    let before = app::access::administered(tx, actor, edit.id).await?;
    let after = before.clone().edit(edit.clone())?;
    if after == before {
        return Ok(after);
    }
    store::person::update(tx, &after).await?;
    if before.active && !after.active {
        archive_account(tx, env, actor, &after).await?;
    }
    Ok(app::announce::changed(tx, env, after.id).await?.person)
}

async fn archive_account(tx: &mut Tx, env: &Env, actor: &Actor, person: &Person) -> Result<(), Failure> {
    let Some(account) = accounts::find(tx, person.id).await? else { return Ok(()) };
    if account.state.name() == StateName::Disabled {
        return Ok(());
    }
    let cause = DisabledCause::Archived;
    accounts::update(tx, &account.disable(cause, env.now())?).await?;
    sessions::end_all(tx, person.id, EndCause::Disabled, env.now()).await?;
    let entry = AuditEntry::of(What::AccountDisabled, person.id).by(actor.person).with(cause.code());
    Ok(app::announce::note(tx, env, entry).await?)
}
