//! The states of an account, with what is true only there, and passwords by their hashes.

use std::fmt;

use jiff::Timestamp;
use kernel::{ErrorKind, Problem};

/// Where an account stands, with what is true only there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A temporary password waits to be replaced.
    Invited {
        /// The temporary password.
        temporary: Credential,
    },
    /// In use.
    Active {
        /// The password that the person chose.
        own: Credential,
    },
    /// Locked for good by four wrong passwords, as it was before these only delayed the next. There is no password to compare
    /// with any more: only a reset leads out. Nothing leads here now.
    Locked {
        /// Since when.
        since: Timestamp,
    },
    /// Switched off.
    Disabled {
        /// Since when.
        since: Timestamp,
        /// Why.
        cause: DisabledCause,
        /// The password that holds again when the account is enabled; `None` if it was locked, and will be again.
        password: Option<Password>,
    },
}

impl State {
    /// The state's name.
    #[must_use]
    pub const fn name(&self) -> StateName {
        match self {
            Self::Invited { .. } => StateName::Invited,
            Self::Active { .. } => StateName::Active,
            Self::Locked { .. } => StateName::Locked,
            Self::Disabled { .. } => StateName::Disabled,
        }
    }
}

/// A password by its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// Argon2id, as a PHC string.
    pub hash: String,
    /// When it was set.
    pub set_at: Timestamp,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("set_at", &self.set_at).finish_non_exhaustive()
    }
}

/// A password and who chose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Password {
    /// Issued; must be replaced.
    Temporary(Credential),
    /// Chosen by the person.
    Own(Credential),
}

kernel::coded! {
    /// Why an account was switched off.
    DisabledCause {
        /// By an administrator.
        Administrator = "ADMINISTRATOR",
        /// The staff record was archived.
        Archived = "ARCHIVED",
        /// Nobody signed in for [`DORMANCY`](super::account::DORMANCY).
        Dormant = "DORMANT",
    }
}

kernel::coded! {
    /// The states by name, for messages and for storing.
    StateName {
        /// See [`State::Invited`].
        Invited = "INVITED",
        /// See [`State::Active`].
        Active = "ACTIVE",
        /// See [`State::Locked`].
        Locked = "LOCKED",
        /// See [`State::Disabled`].
        Disabled = "DISABLED",
    }
}

/// The state does not lead there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no way from {} to {}", from.code(), to.code())]
pub struct InvalidTransition {
    /// Where the account stands.
    pub from: StateName,
    /// Where it was to go.
    pub to: StateName,
}

impl Problem for InvalidTransition {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Precondition
    }

    fn reason(&self) -> &'static str {
        "INVALID_TRANSITION"
    }

    fn details(&self) -> Vec<(&'static str, String)> {
        vec![("from", self.from.code().to_owned()), ("to", self.to.code().to_owned())]
    }
}
