//! Identity's own settings. What domain §4.3 fixes (four wrong passwords, 30 minutes, 90 and 180 days) is no setting.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::sessions::Policy;

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
    /// How wrong passwords delay the next try.
    pub sign_in: SignIn,
    /// How long the record of access is kept, in days: 30 to 3650.
    pub keep_access_days: i64,
    /// The cost of hashing a password.
    pub argon2: Argon2,
}

/// How wrong passwords delay the next try. Each further one delays twice as long as the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignIn {
    /// The delay after the fourth wrong password, in seconds: 1 to 3600.
    pub first_delay_seconds: i64,
    /// The longest delay, in seconds: 1 to 86400, and no shorter than the first.
    pub longest_delay_seconds: i64,
    /// How many wrong passwords of a day, at whichever logins, delay a network: 4 to 100000. One network is an IPv4 address, which
    /// a hospital's whole staff may share, or 64 bits of IPv6.
    pub network_tries: i32,
    /// From how many wrong passwords of a day at one login on it is delayed for everybody but those who are known: 4 to
    /// 100000. Until then a network that has mistyped nothing there is heard.
    pub stranger_tries: i32,
    /// For how long a network is known from which a person has signed in, in days: 1 to 400, and no longer than the record of
    /// access is kept.
    pub known_days: i64,
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
            sign_in: SignIn::default(),
            keep_access_days: 400,
            argon2: Argon2::default(),
        }
    }
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            first_delay_seconds: 60,
            longest_delay_seconds: 900,
            network_tries: 50,
            stranger_tries: 100,
            known_days: 90,
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

    /// How long the record of access is kept.
    #[must_use]
    pub const fn keep_access(&self) -> SignedDuration {
        SignedDuration::from_hours(self.keep_access_days * 24)
    }

    /// How wrong passwords delay the next try.
    #[must_use]
    pub(crate) const fn delays(&self) -> Policy {
        let settings = &self.sign_in;
        Policy {
            first: SignedDuration::from_secs(settings.first_delay_seconds),
            longest: SignedDuration::from_secs(settings.longest_delay_seconds),
            network_tries: settings.network_tries,
            stranger_tries: settings.stranger_tries,
            known: SignedDuration::from_hours(settings.known_days * 24),
        }
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
            ("sign_in.first_delay_seconds", self.sign_in.first_delay_seconds, 1..=3600),
            (
                "sign_in.longest_delay_seconds",
                self.sign_in.longest_delay_seconds,
                self.sign_in.first_delay_seconds..=86_400,
            ),
            ("sign_in.network_tries", i64::from(self.sign_in.network_tries), 4..=100_000),
            ("sign_in.stranger_tries", i64::from(self.sign_in.stranger_tries), 4..=100_000),
            ("keep_access_days", self.keep_access_days, 30..=3650),
            ("sign_in.known_days", self.sign_in.known_days, 1..=self.keep_access_days.min(400)),
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
        let forgetful = Config { keep_access_days: 60, ..Config::default() };
        assert_eq!(forgetful.validate(), Err("sign_in.known_days: 90 is not within 1..=60".to_owned()));
    }
}
