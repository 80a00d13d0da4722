//! Login and password for a session, and the old password for a new one.

use chassis::{StoreError, Tx, UseCase};
use directory::model::Role;
use kernel::{Env, Problem as _};

use crate::{
    accounts::{self, Credential},
    audit::{AuditEntry, What},
    keys::{self, SigningKey},
    people::{self, Profile},
    sessions::{
        app::attempt::{self, Tried},
        domain::{
            session::{EndCause, Session},
            sign_in::SignInError,
        },
        store,
    },
};

/// A session that gets tokens: what they are made of.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The session as stored.
    pub session: Session,
    /// Whose it is.
    pub profile: Profile,
    /// The key that signs now.
    pub key: SigningKey,
}

/// Lets somebody in, in the first of their roles.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub tried: Tried,
    /// The digest of the session's first refresh token.
    pub refresh: [u8; 32],
}

impl UseCase for SignIn {
    type Context = Env;
    /// A refusal is an answer, not an error, since what it counted must be committed.
    type Output = Result<Opened, SignInError>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Self::Output, StoreError> {
        let admitted = match attempt::judge(tx, env, &self.tried).await? {
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
                return Ok(Ok(open(tx, env, profile, role, &self.tried, &self.refresh).await?));
            }
        };
        let entry =
            AuditEntry::of(What::Refused, person).from(self.tried.attempt.origin.address).with(refusal.reason());
        people::note(tx, env, entry).await?;
        Ok(Err(refusal))
    }
}

/// Replaces the password and ends all sessions but the new one.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    pub tried: Tried,
    /// The hash of the new password, whose rules were checked.
    pub hash: String,
    /// The digest of the session's first refresh token.
    pub refresh: [u8; 32],
}

impl UseCase for ChangePassword {
    type Context = Env;
    /// A refusal is an answer, not an error, since what it counted must be committed.
    type Output = Result<Opened, SignInError>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Self::Output, StoreError> {
        let admitted = match attempt::judge(tx, env, &self.tried).await? {
            Ok(admitted) => admitted,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (now, person) = (env.now(), admitted.account.person);
        let roles = people::get(tx, person).await?.roles();
        let Some(&role) = roles.first() else { return Ok(Err(SignInError::NoRole)) };
        let state = admitted.account.state.name();
        let own = Credential { hash: self.hash.clone(), set_at: now };
        // A right password was given, so the account is not disabled.
        let Ok(account) = admitted.account.choose_password(own) else { return Ok(Err(SignInError::Refused)) };
        let account = account.signed_in(now);
        accounts::update(tx, &account).await?;
        store::session::end_all(tx, person, EndCause::Password, now).await?;
        let entry = AuditEntry::of(What::PasswordChanged, person).by(person).from(self.tried.attempt.origin.address);
        people::note(tx, env, entry).await?;
        let profile = if account.state.name() == state {
            people::get(tx, person).await?
        } else {
            people::changed(tx, env, person).await?
        };
        Ok(Ok(open(tx, env, profile, role, &self.tried, &self.refresh).await?))
    }
}

/// Begins a session in `role`, with a refresh token of this digest, for whoever has given the right password.
async fn open(
    tx: &mut Tx,
    env: &Env,
    profile: Profile,
    role: Role,
    tried: &Tried,
    refresh: &[u8; 32],
) -> Result<Opened, StoreError> {
    let person = profile.person.id;
    let session = Session::open(env.ids.next(), person, role, env.now());
    store::session::insert(tx, &session).await?;
    store::session::add_token(tx, &session, refresh).await?;
    let entry = AuditEntry::of(What::SignedIn, person).by(person).within(session.id).from(tried.attempt.origin.address);
    people::note(tx, env, entry).await?;
    Ok(Opened { session, profile, key: keys::current(tx).await? })
}
