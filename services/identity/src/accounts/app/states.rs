//! Accounts looked at, switched on and off, and given a new password.

use std::net::IpAddr;

use chassis::{Failure, Tx, UseCase};
use directory::model::Level;
use jiff::SignedDuration;
use kernel::{Env, PersonId};

use crate::{
    accounts::{
        domain::{
            account::{Account, AccountError},
            state::{Credential, DisabledCause, StateName},
        },
        store,
    },
    audit::{AuditEntry, What},
    grants,
    people::{self, Actor},
    sessions::{self, EndCause},
};

/// Accounts per transaction.
const BATCH: i64 = 100;

/// The account of a person in an agency that the caller administers.
#[derive(Clone, Debug)]
pub struct GetAccount {
    pub actor: Actor,
    pub person: PersonId,
}

impl UseCase for GetAccount {
    type Context = Env;
    type Output = Account;
    type Error = Failure;

    /// `NOT_FOUND`; `NO_ACCOUNT` of a person without one.
    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<Account, Failure> {
        people::visible(tx, &self.actor, Level::LocalAdministrator, self.person).await?;
        Ok(store::find(tx, self.person).await?.ok_or(AccountError::None)?)
    }
}

/// Switches an account; the one that is as it should be stays untouched. Switching off ends its sessions.
#[derive(Clone, Debug)]
pub struct SetAccountEnabled {
    pub actor: Actor,
    pub person: PersonId,
    pub enabled: bool,
}

impl UseCase for SetAccountEnabled {
    type Context = Env;
    type Output = Account;
    type Error = Failure;

    /// `NOT_FOUND`, `OUT_OF_SCOPE`, `NO_ACCOUNT`; `PERSON_ARCHIVED` when enabling.
    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Account, Failure> {
        let id = self.person;
        let person = people::administered(tx, &self.actor, id).await?;
        let account = store::find(tx, id).await?.ok_or(AccountError::None)?;
        if self.enabled == (account.state.name() != StateName::Disabled) {
            return Ok(account);
        }
        let (account, entry) = if self.enabled {
            person.check_active()?;
            (account.enable(env.now())?, AuditEntry::of(What::AccountEnabled, id))
        } else {
            let cause = DisabledCause::Administrator;
            sessions::end_all(tx, id, EndCause::Disabled, env.now()).await?;
            (account.disable(cause, env.now())?, AuditEntry::of(What::AccountDisabled, id).with(cause.code()))
        };
        store::update(tx, &account).await?;
        people::note(tx, env, entry.by(self.actor.person)).await?;
        people::changed(tx, env, id).await?;
        Ok(account)
    }
}

/// Replaces the password by a temporary one, and ends the sessions and the delays that wrong ones began.
#[derive(Clone, Debug)]
pub struct ResetPassword {
    pub actor: Actor,
    pub person: PersonId,
    /// The hash of the temporary password.
    pub hash: String,
    /// From where, as the gateway tells.
    pub address: Option<IpAddr>,
}

impl UseCase for ResetPassword {
    type Context = Env;
    type Output = ();
    type Error = Failure;

    /// `NOT_FOUND`, `OUT_OF_SCOPE`, `NO_ACCOUNT`; `INVALID_TRANSITION` of a disabled account.
    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<(), Failure> {
        let id = self.person;
        people::administered(tx, &self.actor, id).await?;
        let account = store::find(tx, id).await?.ok_or(AccountError::None)?;
        let state = account.state.name();
        let temporary = Credential { hash: self.hash.clone(), set_at: env.now() };
        let account = account.reset(temporary, env.now())?;
        store::update(tx, &account).await?;
        sessions::end_all(tx, id, EndCause::Password, env.now()).await?;
        sessions::end_delays(tx, &account.login).await?;
        let entry = AuditEntry::of(What::PasswordReset, id).by(self.actor.person).from(self.address);
        people::note(tx, env, entry).await?;
        if account.state.name() != state {
            people::changed(tx, env, id).await?;
        }
        Ok(())
    }
}

/// Disables some of the accounts that nobody signed in to for 180 days (domain §4.3). The last operator who could sign in stays:
/// else nobody could enable anybody.
#[derive(Clone, Copy, Debug)]
pub struct DisableDormant {
    /// How long a temporary password holds.
    pub temporary_life: SignedDuration,
}

impl UseCase for DisableDormant {
    type Context = Env;
    /// Whether more may wait.
    type Output = bool;
    type Error = Failure;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<bool, Failure> {
        let now = env.now();
        let asleep = store::dormant(tx, now, BATCH).await?;
        for &person in &asleep {
            people::lock(tx, person).await?;
            // Somebody may have signed in until we held the row.
            let Some(account) = store::find(tx, person).await?.filter(|a| a.is_dormant(now)) else { continue };
            if grants::is_last_operator(tx, person, now - self.temporary_life).await? {
                continue;
            }
            let cause = DisabledCause::Dormant;
            store::update(tx, &account.disable(cause, now)?).await?;
            sessions::end_all(tx, person, EndCause::Disabled, now).await?;
            people::note(tx, env, AuditEntry::of(What::AccountDisabled, person).with(cause.code())).await?;
            people::changed(tx, env, person).await?;
        }
        Ok(i64::try_from(asleep.len()).unwrap_or(i64::MAX) == BATCH)
    }
}
