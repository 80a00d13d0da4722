//! The service's own settings.

use std::path::PathBuf;

use chassis::{Secret, Validate};
use jiff::SignedDuration;
use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};

/// Fewest characters of a secret that signs links.
const SECRET_CHARACTERS: usize = 32;

/// The service's own settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where people reach Tandem; links begin with it. Default `http://127.0.0.1:8080`.
    pub public_url: String,
    /// The sender of all mails, and by its domain of their Message-IDs. Default `Tandem <tandem@localhost.localdomain>`.
    pub from: String,
    /// The mail server.
    pub smtp: Smtp,
    /// Where mails are kept as files instead of being sent, for trying Tandem out. Default: none, mails are sent.
    pub folder: Option<PathBuf>,
    /// Signs answer links: at least 32 characters, the same in every replica. Links that are out stop working when it
    /// changes. No default.
    pub link_secret: Secret,
    /// Days for which an answer link works (domain §12). Default 30.
    pub link_days: i32,
    /// Most attempts of one mail. Default 24, which is about 17 hours.
    pub attempts: i32,
    /// Wait after the first attempt, doubled each time. Default 30.
    pub first_retry_s: u32,
    /// The longest wait between attempts. Default 3600.
    pub longest_retry_s: u32,
    /// Mails under way at the same time in one process. Default 16.
    pub senders: u32,
    /// Days for which a mail stays in the log once it is settled; longer while somebody may still answer by its link. Default
    /// 400: the next year's round is asked for before this one's is forgotten.
    pub keep_deliveries_days: i32,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Smtp {
    /// Its name, which its certificate must carry. Default `127.0.0.1`.
    pub host: String,
    /// Its port. Default 25.
    pub port: u16,
    /// How the connection is kept private: `none` (default, for a server on the same machine), `start_tls` or `tls`.
    pub security: Security,
    /// Name to sign in with; empty for none.
    pub username: String,
    /// Password that belongs to it.
    pub password: Secret,
    /// Longest wait for the answer to one command. Default 30000.
    pub timeout_ms: u64,
}

/// How a connection is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Not at all.
    None,
    /// Begins in the open and must become private before anything is said.
    StartTls,
    /// Private from the first byte.
    Tls,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8080".into(),
            from: "Tandem <tandem@localhost.localdomain>".into(),
            smtp: Smtp::default(),
            folder: None,
            link_secret: Secret::default(),
            link_days: 30,
            attempts: 24,
            first_retry_s: 30,
            longest_retry_s: 3600,
            senders: 16,
            keep_deliveries_days: 400,
        }
    }
}

impl Default for Smtp {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".into(),
            port: 25,
            security: Security::None,
            username: String::new(),
            password: Secret::default(),
            timeout_ms: 30_000,
        }
    }
}

impl Config {
    /// How long an answer link works.
    #[must_use]
    pub fn link_life(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.link_days) * 24)
    }

    /// How long a settled mail stays in the log.
    #[must_use]
    pub fn keep_deliveries(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.keep_deliveries_days) * 24)
    }

    /// How long a sender holds a mail: well beyond the time that an attempt may take, so that it runs out only when the
    /// sender has died.
    #[must_use]
    pub fn lease(&self) -> SignedDuration {
        SignedDuration::from_millis(i64::try_from(self.smtp.timeout_ms).unwrap_or(i64::MAX / 8) * 4)
            + SignedDuration::from_mins(1)
    }
}

impl Validate for Config {
    fn validate(&self) -> Result<(), String> {
        let local = matches!(self.smtp.host.as_str(), "127.0.0.1" | "::1" | "localhost");
        let url = self.public_url.strip_prefix("http://").or_else(|| self.public_url.strip_prefix("https://"));
        let rules = [
            (
                url.is_some_and(|rest| !rest.is_empty() && !rest.ends_with('/') && !rest.contains(char::is_whitespace)),
                "public_url: an http or https address without a slash at the end",
            ),
            (self.from.parse::<Mailbox>().is_ok(), "from: an address such as `Tandem <tandem@example.org>`"),
            (!self.smtp.host.is_empty() && self.smtp.port > 0, "smtp: host and port are required"),
            ((100..=300_000).contains(&self.smtp.timeout_ms), "smtp.timeout_ms: 100 to 300000"),
            (
                self.smtp.username.is_empty() || local || self.smtp.security != Security::None,
                "smtp.security: a password is not sent in the open; choose start_tls or tls",
            ),
            (self.link_secret.expose().chars().count() >= SECRET_CHARACTERS, "link_secret: at least 32 characters"),
            ((1..=365).contains(&self.link_days), "link_days: 1 to 365"),
            ((1..=1000).contains(&self.attempts), "attempts: 1 to 1000"),
            (
                self.first_retry_s > 0 && self.first_retry_s <= self.longest_retry_s,
                "first_retry_s: at least 1, at most longest_retry_s",
            ),
            ((1..=64).contains(&self.senders), "senders: 1 to 64"),
            ((30..=3650).contains(&self.keep_deliveries_days), "keep_deliveries_days: 30 to 3650"),
        ];
        rules.iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, fault)| Err((*fault).to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Config {
        Config { link_secret: Secret::new("0123456789abcdef0123456789abcdef"), ..Config::default() }
    }

    #[test]
    fn the_defaults_lack_only_the_secret() {
        assert_eq!(Config::default().validate(), Err("link_secret: at least 32 characters".into()));
        assert_eq!(good().validate(), Ok(()));
    }

    #[test]
    fn each_fault_names_its_key() {
        type Spoil = fn(&mut Config);
        let faults: [(Spoil, &str); 7] = [
            (|c| c.public_url = "tandem.example".into(), "public_url"),
            (|c| c.public_url = "https://tandem.example/".into(), "public_url"),
            (|c| c.from = "Tandem".into(), "from"),
            (|c| (c.smtp.username, c.smtp.host) = ("me".into(), "mail.example".into()), "smtp.security"),
            (|c| c.link_days = 0, "link_days"),
            (|c| c.first_retry_s = 7200, "first_retry_s"),
            (|c| c.keep_deliveries_days = 0, "keep_deliveries_days"),
        ];
        for (spoil, key) in faults {
            let mut config = good();
            spoil(&mut config);
            let fault = config.validate().expect_err(key);
            assert!(fault.starts_with(key), "{fault}");
        }
    }

    #[test]
    fn a_claim_outlives_every_attempt() {
        assert!(good().lease().as_millis() > i128::from(good().smtp.timeout_ms) * 2);
    }
}
