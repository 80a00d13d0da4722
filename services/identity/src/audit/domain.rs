//! Who came in, was refused, went out, and who changed whose rights (domain §13.5).

use std::net::IpAddr;

use jiff::Timestamp;
use kernel::{PersonId, SessionId};
use uuid::Uuid;

kernel::coded! {
    /// What happened.
    What {
        /// Somebody came in.
        SignedIn = "SIGNED_IN",
        /// Somebody was not let in; the detail is the reason.
        Refused = "REFUSED",
        /// A wrong password after which the next one has to wait.
        Delayed = "DELAYED",
        /// The fourth wrong password, which locked the account for good; of versions before.
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
    /// From where, as the gateway tells; `None` where Tandem itself acted, or where nobody told.
    pub address: Option<IpAddr>,
    /// More, without secrets.
    pub detail: String,
}

impl AuditEntry {
    /// Something happened to `person`.
    #[must_use]
    pub fn of(what: What, person: PersonId) -> Self {
        Self { person: Some(person), ..Self::unknown(what) }
    }

    /// Something happened, to whom is not known yet.
    #[must_use]
    pub const fn unknown(what: What) -> Self {
        Self { what, person: None, actor: None, session: None, address: None, detail: String::new() }
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

    /// From where.
    #[must_use]
    pub const fn from(mut self, address: Option<IpAddr>) -> Self {
        self.address = address;
        self
    }

    /// What more there is to say.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// A line as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its own id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub entry: AuditEntry,
}

/// Which lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// About one person.
    pub person: Option<PersonId>,
    /// From then on.
    pub since: Option<Timestamp>,
    /// Before then.
    pub until: Option<Timestamp>,
}

/// The line with which a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageKey {
    /// When it was.
    pub at: Timestamp,
    /// Its id.
    pub id: Uuid,
}

impl From<&Recorded> for PageKey {
    fn from(line: &Recorded) -> Self {
        Self { at: line.at, id: line.id }
    }
}
