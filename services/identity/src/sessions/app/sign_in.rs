//! Login and password for a session.

use chassis::{StoreError, Tx};
use kernel::{Env, Problem as _};

use crate::{
    accounts,
    audit::{AuditEntry, What},
    people,
    sessions::{
        app::{self, attempt::Tried, open_session::Opened},
        domain::sign_in::SignInError,
    },
};

/// Lets somebody in, in the first of their roles. A refusal is an answer, not an error, since what it counted must be
/// committed.
///
/// # Errors
/// [`StoreError`].
pub async fn run(
    tx: &mut Tx,
    env: &Env,
    tried: &Tried,
    refresh: &[u8; 32],
) -> Result<Result<Opened, SignInError>, StoreError> {
    let admitted = match app::attempt::judge(tx, env, tried).await? {
        Ok(admitted) => admitted,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let person = admitted.account.person;
    let profile = people::get(tx, person).await?;
    let refusal = match profile.roles().first() {
        _ if admitted.must_change => SignInError::PasswordChangeRequired,
        None => SignInError::NoRole,
        Some(&role) => {
            accounts::update(tx, &admitted.account.signed_in(env.now())).await?;
            let opened = app::open_session::run(tx, env, profile, role, refresh).await?;
            let entry = AuditEntry::of(What::SignedIn, person).by(person).within(opened.session.id);
            people::note(tx, env, entry).await?;
            return Ok(Ok(opened));
        }
    };
    // The password was right, so the count of wrong ones is back at nought.
    accounts::update(tx, &admitted.account).await?;
    people::note(tx, env, AuditEntry::of(What::Refused, person).with(refusal.reason())).await?;
    Ok(Err(refusal))
}
