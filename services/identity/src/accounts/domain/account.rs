//! Accounts and their states (domain §4.3). The migration draws the diagram.

use jiff::{SignedDuration, Timestamp};
use kernel::{ErrorKind, PersonId, Problem};

use crate::accounts::domain::{
    login::Login,
    state::{Credential, DisabledCause, InvalidTransition, Password, State, StateName},
};

/// How long a password holds.
pub const PASSWORD_LIFE: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long an account may sleep before it is disabled.
pub const DORMANCY: SignedDuration = SignedDuration::from_hours(180 * 24);

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub person: PersonId,
    /// What is typed at sign-in.
    pub login: Login,
    /// Where it stands.
    pub state: State,
    /// Whether the person takes the mails that a destination needs to be a user (domain §4.6): taken with the account, and
    /// again when it is enabled; not while it is disabled.
    pub alerts_accepted: bool,
    /// The last sign-in, if any.
    pub last_sign_in_at: Option<Timestamp>,
    /// From when the days of sleep count: created, reset, enabled or signed in last.
    pub awake_since: Timestamp,
}

/// What a try with a password led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Right.
    Right {
        /// Temporary or older than [`PASSWORD_LIFE`]: good for nothing but its own replacement.
        must_change: bool,
    },
    /// Wrong, or there is none.
    Wrong,
    /// Right, but the account is disabled.
    Disabled,
}

impl Account {
    /// A new account with a temporary password.
    #[must_use]
    pub fn open(person: PersonId, login: Login, temporary: Credential, now: Timestamp) -> Self {
        let state = State::Invited { temporary };
        Self { person, login, state, alerts_accepted: true, last_sign_in_at: None, awake_since: now }
    }

    /// The hash to compare a password with, if there is one.
    #[must_use]
    pub fn hash(&self) -> Option<&str> {
        match &self.state {
            State::Invited { temporary: credential } | State::Active { own: credential } => Some(&credential.hash),
            State::Disabled { password: Some(Password::Temporary(credential) | Password::Own(credential)), .. } => {
                Some(&credential.hash)
            }
            State::Locked { .. } | State::Disabled { password: None, .. } => None,
        }
    }

    /// Judges a try with a password that was compared with [`Account::hash`].
    #[must_use]
    pub fn try_password(&self, right: bool, now: Timestamp) -> Verdict {
        match &self.state {
            _ if !right => Verdict::Wrong,
            State::Invited { .. } => Verdict::Right { must_change: true },
            State::Active { own } => Verdict::Right { must_change: now.duration_since(own.set_at) >= PASSWORD_LIFE },
            State::Disabled { password: Some(_), .. } => Verdict::Disabled,
            State::Locked { .. } | State::Disabled { password: None, .. } => Verdict::Wrong,
        }
    }

    /// Notes a sign-in.
    #[must_use]
    pub fn signed_in(self, now: Timestamp) -> Self {
        Self { last_sign_in_at: Some(now), awake_since: now, ..self }
    }

    /// Replaces the password by one that the person chose.
    ///
    /// # Errors
    /// [`InvalidTransition`] unless invited or active.
    pub fn choose_password(self, own: Credential) -> Result<Self, InvalidTransition> {
        match self.state {
            State::Invited { .. } | State::Active { .. } => Ok(Self { state: State::Active { own }, ..self }),
            State::Locked { .. } | State::Disabled { .. } => Err(self.no_way_to(StateName::Active)),
        }
    }

    /// Issues a new temporary password, which also unlocks.
    ///
    /// # Errors
    /// [`InvalidTransition`] if disabled: enable first.
    pub fn reset(self, temporary: Credential, now: Timestamp) -> Result<Self, InvalidTransition> {
        match self.state {
            State::Invited { .. } | State::Active { .. } | State::Locked { .. } => {
                Ok(Self { state: State::Invited { temporary }, awake_since: now, ..self })
            }
            State::Disabled { .. } => Err(self.no_way_to(StateName::Invited)),
        }
    }

    /// Switches the account off; alerts are no longer taken.
    ///
    /// # Errors
    /// [`InvalidTransition`] if it is off already.
    pub fn disable(self, cause: DisabledCause, now: Timestamp) -> Result<Self, InvalidTransition> {
        let password = match self.state {
            State::Invited { temporary } => Some(Password::Temporary(temporary)),
            State::Active { own } => Some(Password::Own(own)),
            State::Locked { .. } => None,
            State::Disabled { .. } => return Err(self.no_way_to(StateName::Disabled)),
        };
        let state = State::Disabled { since: now, cause, password };
        Ok(Self { state, alerts_accepted: false, ..self })
    }

    /// Switches the account on again, as it was before, with alerts taken.
    ///
    /// # Errors
    /// [`InvalidTransition`] unless disabled.
    pub fn enable(self, now: Timestamp) -> Result<Self, InvalidTransition> {
        let state = match self.state {
            State::Disabled { password: Some(Password::Temporary(temporary)), .. } => State::Invited { temporary },
            State::Disabled { password: Some(Password::Own(own)), .. } => State::Active { own },
            State::Disabled { password: None, .. } => State::Locked { since: now },
            State::Invited { .. } | State::Active { .. } | State::Locked { .. } => {
                return Err(self.no_way_to(StateName::Active));
            }
        };
        Ok(Self { state, alerts_accepted: true, awake_since: now, ..self })
    }

    /// Whether the temporary password that waits to be replaced was issued `life` ago or earlier.
    #[must_use]
    pub fn invitation_has_expired(&self, life: SignedDuration, now: Timestamp) -> bool {
        matches!(&self.state, State::Invited { temporary } if now.duration_since(temporary.set_at) >= life)
    }

    /// Whether nobody signed in for so long that the account is to be disabled.
    #[must_use]
    pub fn is_dormant(&self, now: Timestamp) -> bool {
        self.state.name() != StateName::Disabled && now.duration_since(self.awake_since) >= DORMANCY
    }

    fn no_way_to(&self, to: StateName) -> InvalidTransition {
        InvalidTransition { from: self.state.name(), to }
    }
}

/// Why an account can't be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// The person has none.
    #[error("the person has no account")]
    None,
    /// The person has one already.
    #[error("the person has an account already")]
    Exists,
    /// Somebody else has the login.
    #[error("the login is taken")]
    LoginTaken,
}

impl Problem for AccountError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::None => ErrorKind::NotFound,
            Self::Exists | Self::LoginTaken => ErrorKind::AlreadyExists,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::None => "NO_ACCOUNT",
            Self::Exists => "ACCOUNT_EXISTS",
            Self::LoginTaken => "LOGIN_TAKEN",
        }
    }
}

#[cfg(test)]
#[path = "account_tests.rs"]
mod tests;
