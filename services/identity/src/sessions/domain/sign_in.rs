//! Why somebody is not let in.

use kernel::{ErrorKind, Problem};

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Login or password is wrong; which of them is not told.
    #[error("login or password is wrong")]
    Refused,
    /// Four wrong passwords: a local administrator resets (domain §4.3). Told of logins that nobody has as well.
    #[error("the account is locked")]
    Locked,
    /// The password is right, but the account is switched off.
    #[error("the account is disabled")]
    Disabled,
    /// The password is right, but temporary or older than 90 days: it must be replaced first.
    #[error("the password must be changed")]
    PasswordChangeRequired,
    /// The password is right, but temporary and too old: an administrator issues another one.
    #[error("the temporary password has expired")]
    TemporaryPasswordExpired,
    /// The password is right, but the person has no rights yet.
    #[error("the person has no role")]
    NoRole,
}

impl Problem for SignInError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused => ErrorKind::Unauthenticated,
            Self::Locked | Self::Disabled | Self::TemporaryPasswordExpired => ErrorKind::Forbidden,
            Self::PasswordChangeRequired | Self::NoRole => ErrorKind::Precondition,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::Refused => "SIGN_IN_REFUSED",
            Self::Locked => "ACCOUNT_LOCKED",
            Self::Disabled => "ACCOUNT_DISABLED",
            Self::PasswordChangeRequired => "PASSWORD_CHANGE_REQUIRED",
            Self::TemporaryPasswordExpired => "TEMPORARY_PASSWORD_EXPIRED",
            Self::NoRole => "NO_ROLE",
        }
    }
}
