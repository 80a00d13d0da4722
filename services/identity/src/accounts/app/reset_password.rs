//! A new temporary password.

use chassis::{Failure, Tx};
use kernel::{Env, PersonId};

use crate::{
    accounts::{
        domain::account::{AccountError, Credential},
        store,
    },
    audit::{AuditEntry, What},
    people::{self, Actor},
    sessions::{self, EndCause},
};

/// Replaces the password by the temporary one of this hash, unlocks, and ends the sessions.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `NO_ACCOUNT`; `INVALID_TRANSITION` of a disabled account.
pub async fn run(tx: &mut Tx, env: &Env, actor: &Actor, id: PersonId, temporary_hash: &str) -> Result<(), Failure> {
    people::administered(tx, actor, id).await?;
    let account = store::find(tx, id).await?.ok_or(AccountError::None)?;
    let state = account.state.name();
    let temporary = Credential { hash: temporary_hash.to_owned(), set_at: env.now() };
    let account = account.reset(temporary, env.now())?;
    store::update(tx, &account).await?;
    sessions::end_all(tx, id, EndCause::Password, env.now()).await?;
    people::note(tx, env, AuditEntry::of(What::PasswordReset, id).by(actor.person)).await?;
    if account.state.name() != state {
        people::changed(tx, env, id).await?;
    }
    Ok(())
}
