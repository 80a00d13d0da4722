//! The old password for a new one, and a new session.

use chassis::{StoreError, Tx};
use kernel::Env;

use crate::{
    accounts::{self, Credential},
    audit::{AuditEntry, What},
    people,
    sessions::{
        app::{self, attempt::Tried, open_session::Opened},
        domain::{session::EndCause, sign_in::SignInError},
        store,
    },
};

/// Replaces the password and ends all sessions but the new one. `new_hash` is the hash of the new password, whose rules
/// were checked. A refusal is an answer, not an error, since what it counted must be committed.
///
/// # Errors
/// [`StoreError`].
pub async fn run(
    tx: &mut Tx,
    env: &Env,
    tried: &Tried,
    new_hash: &str,
    refresh: &[u8; 32],
) -> Result<Result<Opened, SignInError>, StoreError> {
    let admitted = match app::attempt::judge(tx, env, tried).await? {
        Ok(admitted) => admitted,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (now, person) = (env.now(), admitted.account.person);
    let roles = people::get(tx, person).await?.roles();
    let Some(&role) = roles.first() else { return Ok(Err(SignInError::NoRole)) };
    let state = admitted.account.state.name();
    let own = Credential { hash: new_hash.to_owned(), set_at: now };
    // A right password was given, so the account is neither locked nor disabled.
    let Ok(account) = admitted.account.choose_password(own) else { return Ok(Err(SignInError::Refused)) };
    let account = account.signed_in(now);
    accounts::update(tx, &account).await?;
    store::session::end_all(tx, person, EndCause::Password, now).await?;
    people::note(tx, env, AuditEntry::of(What::PasswordChanged, person).by(person)).await?;
    let profile = if account.state.name() == state {
        people::get(tx, person).await?
    } else {
        people::changed(tx, env, person).await?
    };
    let opened = app::open_session::run(tx, env, profile, role, refresh).await?;
    people::note(tx, env, AuditEntry::of(What::SignedIn, person).by(person).within(opened.session.id)).await?;
    Ok(Ok(opened))
}
