//! Who came in, was refused, went out, and who changed whose rights (domain §13.5).

use kernel::{PersonId, SessionId};

use super::role::names;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Somebody came in.
    SignedIn,
    /// Somebody was not let in; the detail is the reason.
    Refused,
    /// The fourth wrong password.
    Locked,
    /// Somebody went out.
    SignedOut,
    /// A refresh token came back; its session ended.
    TokenReused,
    /// Another role became active.
    RoleSwitched,
    /// A password was replaced by its owner.
    PasswordChanged,
    /// A temporary password was issued.
    PasswordReset,
    /// An account was opened.
    AccountCreated,
    /// An account was switched on.
    AccountEnabled,
    /// An account was switched off; the detail is the cause.
    AccountDisabled,
    /// A right was given; the detail is which.
    GrantGiven,
    /// A right was taken; the detail is which.
    GrantTaken,
}

names!(What {
    SignedIn = "SIGNED_IN",
    Refused = "REFUSED",
    Locked = "LOCKED",
    SignedOut = "SIGNED_OUT",
    TokenReused = "TOKEN_REUSED",
    RoleSwitched = "ROLE_SWITCHED",
    PasswordChanged = "PASSWORD_CHANGED",
    PasswordReset = "PASSWORD_RESET",
    AccountCreated = "ACCOUNT_CREATED",
    AccountEnabled = "ACCOUNT_ENABLED",
    AccountDisabled = "ACCOUNT_DISABLED",
    GrantGiven = "GRANT_GIVEN",
    GrantTaken = "GRANT_TAKEN",
});

/// One line of the record of access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// What happened.
    pub what: What,
    /// To whom; `None` where no account has the login.
    pub person: Option<PersonId>,
    /// By whom; `None` where the house acted, or nobody was known yet.
    pub actor: Option<PersonId>,
    /// In which session.
    pub session: Option<SessionId>,
    /// More, without secrets.
    pub detail: String,
}

impl AuditEntry {
    /// Something happened to `person`.
    #[must_use]
    pub const fn of(what: What, person: PersonId) -> Self {
        Self { what, person: Some(person), actor: None, session: None, detail: String::new() }
    }

    /// By whom.
    #[must_use]
    pub const fn by(mut self, actor: PersonId) -> Self {
        self.actor = Some(actor);
        self
    }

    /// In which session.
    #[must_use]
    pub const fn within(mut self, session: SessionId) -> Self {
        self.session = Some(session);
        self
    }

    /// What more there is to say.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}
