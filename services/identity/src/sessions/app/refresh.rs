//! A refresh token for the next one, in the same role or another.

use chassis::{StoreError, Tx, UseCase};
use directory::model::Role;
use jiff::SignedDuration;
use kernel::Env;

use crate::{
    accounts::StateName,
    audit::{AuditEntry, What},
    keys,
    people::{self, Profile},
    sessions::{
        app::sign_in::Opened,
        domain::{
            origin::Origin,
            session::{EndCause, Session, SessionError, State},
        },
        store,
    },
};

/// Takes a refresh token for the next one.
#[derive(Clone, Debug)]
pub struct RefreshSession {
    /// The digest of the token that is presented.
    pub presented: [u8; 32],
    /// The digest of the token that follows.
    pub next: [u8; 32],
    /// How long after its use a token is taken once more.
    pub grace: SignedDuration,
    /// The role that is to be active from now on; `None` to keep it.
    pub role: Option<Role>,
    /// From where.
    pub origin: Origin,
}

impl UseCase for RefreshSession {
    type Context = Env;
    /// A refusal is an answer, not an error, since it may have ended the session.
    type Output = Result<Opened, SessionError>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Self::Output, StoreError> {
        let Some((session, generation)) = store::session::lock_by_token(tx, &self.presented).await? else {
            return Ok(Err(SessionError::Unknown));
        };
        let was_open = session.state == State::Open;
        let (session, outcome) = session.refresh(generation, self.grace, env.now());
        if let Err(refusal) = outcome {
            if was_open {
                end(tx, env, &session, self.origin).await?;
            }
            return Ok(Err(refusal));
        }
        let profile = people::get(tx, session.person).await?;
        let role = match choose(&profile, &session, self.role) {
            Ok(role) => role,
            // Nothing was stored: the token is as good as before.
            Err(Refusal::NotHeld) => return Ok(Err(SessionError::RoleNotHeld)),
            Err(Refusal::Over(cause)) => {
                end(tx, env, &session.end(cause, env.now()), self.origin).await?;
                return Ok(Err(SessionError::Ended));
            }
        };
        if self.role.is_some() {
            let entry = AuditEntry::of(What::RoleSwitched, session.person).by(session.person).within(session.id);
            people::note(tx, env, entry.from(self.origin.address).with(role.code())).await?;
        }
        let session = Session { role, ..session };
        store::session::update(tx, &session).await?;
        store::session::add_token(tx, &session, &self.next).await?;
        Ok(Ok(Opened { session, profile, key: keys::current(tx).await? }))
    }
}

enum Refusal {
    NotHeld,
    Over(EndCause),
}

/// The role of the next tokens: the one that is asked for, or the session's, or the first that is left. Wrong passwords that somebody
/// else types delay new sessions, and do not end those of the account's owner.
fn choose(profile: &Profile, session: &Session, asked: Option<Role>) -> Result<Role, Refusal> {
    let state = profile.account.as_ref().map(|account| account.state.name());
    if !matches!(state, Some(StateName::Active | StateName::Locked)) {
        return Err(Refusal::Over(EndCause::Disabled));
    }
    let roles = profile.roles();
    let Some(&first) = roles.first() else { return Err(Refusal::Over(EndCause::NoRole)) };
    match asked {
        Some(role) if roles.contains(&role) => Ok(role),
        Some(_) => Err(Refusal::NotHeld),
        None => Ok(if roles.contains(&session.role) { session.role } else { first }),
    }
}

async fn end(tx: &mut Tx, env: &Env, session: &Session, origin: Origin) -> Result<(), StoreError> {
    store::session::update(tx, session).await?;
    if matches!(session.state, State::Ended { cause: EndCause::Reused, .. }) {
        let entry = AuditEntry::of(What::TokenReused, session.person).within(session.id).from(origin.address);
        people::note(tx, env, entry).await?;
    }
    Ok(())
}
