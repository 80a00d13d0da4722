//! Sessions and delays that end, and what nobody needs any more.

use chassis::{StoreError, Tx, UseCase};
use jiff::SignedDuration;
use kernel::Env;

use crate::{
    accounts::Login,
    audit::{AuditEntry, What},
    people,
    sessions::{
        domain::{
            delays::REMEMBERED,
            origin::Origin,
            session::{EndCause, State},
        },
        refresh_token::login_digest,
        store,
    },
};

/// How long a session's tokens are kept to recognise one that comes back.
const SESSIONS_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Sessions, and counts of wrong passwords, per transaction.
const BATCH: i64 = 500;

/// Ends the session that a token belongs to, whichever of its tokens it is. Unknown tokens and ended sessions are answered
/// alike.
#[derive(Clone, Debug)]
pub struct SignOut {
    /// The digest of the token.
    pub presented: [u8; 32],
    /// From where.
    pub origin: Origin,
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
        let entry = AuditEntry::of(What::SignedOut, session.person).by(session.person).within(session.id);
        people::note(tx, env, entry.from(self.origin.address)).await
    }
}

/// Ends the delays of a login: it has got a new password.
pub(crate) async fn end_delays(tx: &mut Tx, login: &Login) -> Result<(), StoreError> {
    store::failure::forget(tx, &login_digest(login.as_str())).await
}

/// Removes some of the old sessions, and wrong passwords that count no longer.
#[derive(Clone, Copy, Debug)]
pub struct Purge;

impl UseCase for Purge {
    type Context = Env;
    /// Whether more may wait.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<bool, StoreError> {
        let failures = store::failure::purge(tx, env.now() - REMEMBERED, BATCH).await?;
        let sessions = store::session::purge(tx, env.now() - SESSIONS_KEPT, BATCH).await?;
        Ok(i64::try_from(failures.max(sessions)).unwrap_or(i64::MAX) == BATCH)
    }
}
