//! What use cases need beside their transaction.

use chassis::Host;
use directory::Directory;
use jiff::SignedDuration;
use kernel::Env;
use lettre::message::Mailbox;

use crate::{answer_links::LinkKey, config::Config, deliveries::RetryPolicy};

/// Time, ids, settings, and who and where. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    pub(crate) env: Env,
    pub(crate) directory: Directory,
    /// How long an answer link works.
    pub(crate) link_life: SignedDuration,
    /// Signs and opens links.
    pub(crate) link_key: LinkKey,
    /// How often and how soon to try again.
    pub(crate) retry: RetryPolicy,
    /// How long a sender holds a mail.
    pub(crate) lease: SignedDuration,
    /// How long a settled mail stays in the log.
    pub(crate) keep: SignedDuration,
    /// The part of Message-IDs after the @.
    pub(crate) mail_domain: String,
}

impl Context {
    /// On a host, as the settings say.
    ///
    /// # Errors
    /// If the sender's address is malformed.
    pub fn new(host: &Host, config: &Config) -> anyhow::Result<Self> {
        let from: Mailbox = config.from.parse()?;
        Ok(Self {
            env: host.env.clone(),
            directory: host.directory.clone(),
            link_life: config.link_life(),
            link_key: LinkKey::new(config.link_secret.expose()),
            retry: RetryPolicy {
                attempts: config.attempts,
                first: SignedDuration::from_secs(config.first_retry_s.into()),
                longest: SignedDuration::from_secs(config.longest_retry_s.into()),
            },
            lease: config.lease(),
            keep: config.keep_deliveries(),
            mail_domain: from.email.domain().to_owned(),
        })
    }
}
