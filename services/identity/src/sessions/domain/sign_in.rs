//! Why somebody is not let in.

use std::time::Duration;

use kernel::{ErrorKind, Problem};

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Login or password is wrong; which of them is not told.
    #[error("login or password is wrong")]
    Refused,
    /// Wrong, and the next try has to wait (domain §4.3). Told of logins that nobody has as well.
    #[error("login or password is wrong, and the next try has to wait for {seconds} seconds")]
    DelayBegins {
        /// For how long.
        seconds: u64,
    },
    /// A try during such a delay: nothing was looked at.
    #[error("the next try has to wait for {seconds} more seconds")]
    Delayed {
        /// For how long.
        seconds: u64,
    },
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
            Self::DelayBegins { .. } | Self::Delayed { .. } => ErrorKind::Exhausted,
            Self::Disabled | Self::TemporaryPasswordExpired => ErrorKind::Forbidden,
            Self::PasswordChangeRequired | Self::NoRole => ErrorKind::Precondition,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::Refused => "SIGN_IN_REFUSED",
            Self::DelayBegins { .. } | Self::Delayed { .. } => "SIGN_IN_DELAYED",
            Self::Disabled => "ACCOUNT_DISABLED",
            Self::PasswordChangeRequired => "PASSWORD_CHANGE_REQUIRED",
            Self::TemporaryPasswordExpired => "TEMPORARY_PASSWORD_EXPIRED",
            Self::NoRole => "NO_ROLE",
        }
    }

    fn details(&self) -> Vec<(&'static str, String)> {
        // People read minutes.
        self.wait().map(|wait| ("minutes", wait.as_secs().div_ceil(60).to_string())).into_iter().collect()
    }

    fn retry_after(&self) -> Option<Duration> {
        self.wait()
    }
}

impl SignInError {
    fn wait(&self) -> Option<Duration> {
        match self {
            Self::DelayBegins { seconds } | Self::Delayed { seconds } => Some(Duration::from_secs(*seconds)),
            _ => None,
        }
    }
}
