//! The end of a session.

use chassis::{StoreError, Tx};
use kernel::Env;

use crate::{
    audit::{AuditEntry, What},
    people,
    sessions::{
        domain::session::{EndCause, State},
        store,
    },
};

/// Ends the session that a token belongs to, whichever of its tokens it is. Unknown tokens and ended sessions are answered
/// alike.
///
/// # Errors
/// [`StoreError`].
pub async fn run(tx: &mut Tx, env: &Env, presented: &[u8; 32]) -> Result<(), StoreError> {
    let Some((session, _)) = store::session::lock_by_token(tx, presented).await? else { return Ok(()) };
    if session.state != State::Open {
        return Ok(());
    }
    let session = session.end(EndCause::SignedOut, env.now());
    store::session::update(tx, &session).await?;
    people::note(tx, env, AuditEntry::of(What::SignedOut, session.person).by(session.person).within(session.id)).await
}
