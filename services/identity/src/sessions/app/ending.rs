//! Sessions that end, and those that nobody needs any more.

use chassis::{StoreError, Tx, UseCase};
use jiff::SignedDuration;
use kernel::Env;

use crate::{
    audit::{AuditEntry, What},
    people,
    sessions::{
        domain::session::{EndCause, State},
        store,
    },
};

/// How long a session's tokens are kept to recognise one that comes back.
const SESSIONS_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long failed attempts for logins that nobody has are kept.
const STRAYS_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Sessions per transaction.
const BATCH: i64 = 500;

/// Ends the session that a token belongs to, whichever of its tokens it is. Unknown tokens and ended sessions are answered
/// alike.
#[derive(Clone, Debug)]
pub struct SignOut {
    /// The digest of the token.
    pub presented: [u8; 32],
}

impl UseCase for SignOut {
    type Context = Env;
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<(), StoreError> {
        let Some((session, _)) = store::session::lock_by_token(tx, &self.presented).await? else { return Ok(()) };
        if session.state != State::Open {
            return Ok(());
        }
        let session = session.end(EndCause::SignedOut, env.now());
        store::session::update(tx, &session).await?;
        people::note(tx, env, AuditEntry::of(What::SignedOut, session.person).by(session.person).within(session.id))
            .await
    }
}

/// Removes some of the old sessions, and old attempts for logins that nobody has.
#[derive(Clone, Copy, Debug)]
pub struct Purge;

impl UseCase for Purge {
    type Context = Env;
    /// Whether more may wait.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<bool, StoreError> {
        store::stray_attempt::purge(tx, env.now() - STRAYS_KEPT).await?;
        let sessions = store::session::purge(tx, env.now() - SESSIONS_KEPT, BATCH).await?;
        Ok(i64::try_from(sessions).unwrap_or(i64::MAX) == BATCH)
    }
}
