//! Accounts and their states (domain §4.3). The migration draws the diagram.

use jiff::{SignedDuration, Timestamp};
use kernel::{ErrorKind, PersonId, Problem};

use crate::accounts::domain::{
    login::Login,
    state::{Credential, DisabledCause, InvalidTransition, Password, State, StateName},
};

/// The wrong password that locks an account.
pub const WRONG_PASSWORDS: u8 = 4;
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
    /// Wrong.
    Wrong,
    /// The account is locked, by this try or before; the password was not looked at.
    Locked,
    /// Right, but the account is disabled.
    Disabled,
}

impl Account {
    /// A new account with a temporary password.
    #[must_use]
    pub fn open(person: PersonId, login: Login, temporary: Credential, now: Timestamp) -> Self {
        let state = State::Invited { temporary, wrong: 0 };
        Self { person, login, state, alerts_accepted: true, last_sign_in_at: None, awake_since: now }
    }

    /// The hash to compare a password with, if there is one.
    #[must_use]
    pub fn hash(&self) -> Option<&str> {
        match &self.state {
            State::Invited { temporary: credential, .. } | State::Active { own: credential, .. } => {
                Some(&credential.hash)
            }
            State::Disabled { password: Some(Password::Temporary(credential) | Password::Own(credential)), .. } => {
                Some(&credential.hash)
            }
            State::Locked { .. } | State::Disabled { password: None, .. } => None,
        }
    }

    /// Takes a try with a password that was compared with [`Account::hash`]. The fourth wrong one in a row locks; nothing
    /// but a right one or a reset sets the count back.
    #[must_use]
    pub fn try_password(self, right: bool, now: Timestamp) -> (Self, Verdict) {
        let count = |wrong: u8| if right { 0 } else { wrong + 1 };
        let (state, verdict) = match self.state {
            State::Locked { since } => (State::Locked { since }, Verdict::Locked),
            State::Disabled { password: None, since, cause, wrong } => {
                (State::Disabled { since, cause, password: None, wrong }, Verdict::Locked)
            }
            State::Invited { wrong, .. } | State::Active { wrong, .. } if count(wrong) >= WRONG_PASSWORDS => {
                (State::Locked { since: now }, Verdict::Locked)
            }
            State::Disabled { since, cause, wrong, .. } if count(wrong) >= WRONG_PASSWORDS => {
                (State::Disabled { since, cause, password: None, wrong: 0 }, Verdict::Locked)
            }
            State::Invited { temporary, wrong } => {
                let verdict = if right { Verdict::Right { must_change: true } } else { Verdict::Wrong };
                (State::Invited { temporary, wrong: count(wrong) }, verdict)
            }
            State::Active { own, wrong } => {
                let must_change = now.duration_since(own.set_at) >= PASSWORD_LIFE;
                let verdict = if right { Verdict::Right { must_change } } else { Verdict::Wrong };
                (State::Active { own, wrong: count(wrong) }, verdict)
            }
            State::Disabled { since, cause, password, wrong } => {
                let verdict = if right { Verdict::Disabled } else { Verdict::Wrong };
                (State::Disabled { since, cause, password, wrong: count(wrong) }, verdict)
            }
        };
        (Self { state, ..self }, verdict)
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
            State::Invited { .. } | State::Active { .. } => Ok(Self { state: State::Active { own, wrong: 0 }, ..self }),
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
                Ok(Self { state: State::Invited { temporary, wrong: 0 }, awake_since: now, ..self })
            }
            State::Disabled { .. } => Err(self.no_way_to(StateName::Invited)),
        }
    }

    /// Switches the account off; alerts are no longer taken.
    ///
    /// # Errors
    /// [`InvalidTransition`] if it is off already.
    pub fn disable(self, cause: DisabledCause, now: Timestamp) -> Result<Self, InvalidTransition> {
        let (password, wrong) = match self.state {
            State::Invited { temporary, wrong } => (Some(Password::Temporary(temporary)), wrong),
            State::Active { own, wrong } => (Some(Password::Own(own)), wrong),
            State::Locked { .. } => (None, 0),
            State::Disabled { .. } => return Err(self.no_way_to(StateName::Disabled)),
        };
        let state = State::Disabled { since: now, cause, password, wrong };
        Ok(Self { state, alerts_accepted: false, ..self })
    }

    /// Switches the account on again, as it was before, with alerts taken.
    ///
    /// # Errors
    /// [`InvalidTransition`] unless disabled.
    pub fn enable(self, now: Timestamp) -> Result<Self, InvalidTransition> {
        let state = match self.state {
            State::Disabled { password: Some(Password::Temporary(temporary)), wrong, .. } => {
                State::Invited { temporary, wrong }
            }
            State::Disabled { password: Some(Password::Own(own)), wrong, .. } => State::Active { own, wrong },
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
        matches!(&self.state, State::Invited { temporary, .. } if now.duration_since(temporary.set_at) >= life)
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
