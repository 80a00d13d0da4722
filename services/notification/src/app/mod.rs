//! One file per use case.

pub mod begin_attempt;
pub mod claim_link;
pub mod finish_attempt;
pub mod keep_copy;
pub mod list_deliveries;
pub mod mails_wait;
mod new_delivery;
pub mod open_link;
pub mod prune_deliveries;
pub mod resend_delivery;
pub mod settle_link;
pub mod take_event;
pub mod take_touches;

use jiff::SignedDuration;
use kernel::{ErrorKind, Problem};

use crate::{
    domain::{InvalidTransition, LinkKey, RetryPolicy},
    store,
};

/// What use cases need of the configuration.
#[derive(Clone, Debug)]
pub struct Rules {
    /// How long an answer link works.
    pub link_life: SignedDuration,
    /// How often and how soon to try again.
    pub retry: RetryPolicy,
    /// How long a sender holds a mail.
    pub lease: SignedDuration,
    /// The part of Message-IDs after the @.
    pub mail_domain: String,
    /// Signs and opens links.
    pub key: LinkKey,
}

/// What goes wrong whatever the caller does.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A row is in a state that its lock excludes.
    #[error(transparent)]
    Transition(#[from] InvalidTransition),
}

impl Problem for Error {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Transition(_) => ErrorKind::Internal,
        }
    }

    fn reason(&self) -> &'static str {
        store_reason(self.kind())
    }
}

const fn store_reason(kind: ErrorKind) -> &'static str {
    if matches!(kind, ErrorKind::Unavailable) { "UNAVAILABLE" } else { "INTERNAL" }
}
