//! Who came in, was refused, went out, and who changed whose rights (domain §13.5).

use kernel::{PersonId, SessionId};

kernel::coded! {
    /// What happened.
    What {
        /// Somebody came in.
        SignedIn = "SIGNED_IN",
        /// Somebody was not let in; the detail is the reason.
        Refused = "REFUSED",
        /// The fourth wrong password.
        Locked = "LOCKED",
        /// Somebody went out.
        SignedOut = "SIGNED_OUT",
        /// A refresh token came back; its session ended.
        TokenReused = "TOKEN_REUSED",
        /// Another role became active.
        RoleSwitched = "ROLE_SWITCHED",
        /// A password was replaced by its owner.
        PasswordChanged = "PASSWORD_CHANGED",
        /// A temporary password was issued.
        PasswordReset = "PASSWORD_RESET",
        /// An account was opened.
        AccountCreated = "ACCOUNT_CREATED",
        /// An account was switched on.
        AccountEnabled = "ACCOUNT_ENABLED",
        /// An account was switched off; the detail is the cause.
        AccountDisabled = "ACCOUNT_DISABLED",
        /// A right was given; the detail is which.
        GrantGiven = "GRANT_GIVEN",
        /// A right was taken; the detail is which.
        GrantTaken = "GRANT_TAKEN",
    }
}

/// One line of the record of access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// What happened.
    pub what: What,
    /// To whom; `None` where no account has the login.
    pub person: Option<PersonId>,
    /// By whom; `None` where Tandem itself acted, or nobody was known yet.
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
