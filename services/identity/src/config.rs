//! Identity's own settings. What domain §4.3 fixes (four wrong passwords, 30 minutes, 90 and 180 days) is no setting.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Identity's own settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How long an access token lives, in seconds: 60 to 3600. A right that is taken away holds for that long at most.
    pub access_token_seconds: i64,
    /// How long after its use a refresh token is taken once more, in seconds: 0 to 60. 0 makes each token good for one
    /// call alone, at the price that two tabs refreshing at the same moment end their session.
    pub refresh_grace_seconds: i64,
    /// How long a temporary password lets somebody choose their own, in days: 1 to 90. It has been said by phone or lies in a
    /// mailbox; after that another one is issued.
    pub temporary_password_days: i64,
    /// The cost of hashing a password.
    pub argon2: Argon2,
}

/// The cost of hashing a password with Argon2id. A stored hash names its own cost, so a change holds for new passwords.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Argon2 {
    /// Memory per hash in KiB: 8192 to 1048576.
    pub memory_kib: u32,
    /// Passes: 1 to 16.
    pub passes: u32,
    /// Hashes at the same time, 1 to 64; other sign-ins wait. Bounds memory and keeps cores for other calls.
    pub at_once: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            access_token_seconds: 600,
            refresh_grace_seconds: 10,
            temporary_password_days: 7,
            argon2: Argon2::default(),
        }
    }
}

impl Default for Argon2 {
    /// OWASP's recommendation for Argon2id: 19 MiB, two passes.
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2, at_once: 4 }
    }
}

impl Config {
    /// How long an access token lives.
    #[must_use]
    pub const fn access_token_life(&self) -> SignedDuration {
        SignedDuration::from_secs(self.access_token_seconds)
    }

    /// How long a temporary password holds.
    #[must_use]
    pub const fn temporary_password_life(&self) -> SignedDuration {
        SignedDuration::from_hours(self.temporary_password_days * 24)
    }

    /// How long after its use a refresh token is taken once more.
    #[must_use]
    pub const fn refresh_grace(&self) -> SignedDuration {
        SignedDuration::from_secs(self.refresh_grace_seconds)
    }
}

impl chassis::Validate for Config {
    fn validate(&self) -> Result<(), String> {
        let bounds = [
            ("access_token_seconds", self.access_token_seconds, 60..=3600),
            ("refresh_grace_seconds", self.refresh_grace_seconds, 0..=60),
            ("temporary_password_days", self.temporary_password_days, 1..=90),
            ("argon2.memory_kib", i64::from(self.argon2.memory_kib), 8192..=1_048_576),
            ("argon2.passes", i64::from(self.argon2.passes), 1..=16),
            ("argon2.at_once", i64::try_from(self.argon2.at_once).unwrap_or(i64::MAX), 1..=64),
        ];
        match bounds.into_iter().find(|(_, value, range)| !range.contains(value)) {
            Some((key, value, range)) => Err(format!("{key}: {value} is not within {range:?}")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use chassis::Validate as _;

    use super::*;

    #[test]
    fn the_defaults_are_valid_and_a_value_out_of_bounds_is_named() {
        assert_eq!(Config::default().validate(), Ok(()));
        let wrong = Config { access_token_seconds: 86_400, ..Config::default() };
        assert_eq!(wrong.validate(), Err("access_token_seconds: 86400 is not within 60..=3600".to_owned()));
    }
}
