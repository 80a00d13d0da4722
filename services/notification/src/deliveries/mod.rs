//! One e-mail to one person: queued by an event, sent, seen in the log, and mailed again when asked for.

mod app;
mod domain;
mod events;
mod grpc;
mod mail;
mod store;
mod tasks;
mod trace;
mod wire;

pub use app::MailsWait;
pub(crate) use domain::RetryPolicy;
pub(crate) use events::consume;
pub(crate) use grpc::Deliveries;
pub(crate) use mail::{Mailer, Writer};
pub(crate) use tasks::{SendMail, prune};

/// The task that mails what is due.
pub const SEND_MAIL: &str = "send_mail";
/// The task that takes old mails out of the log.
pub const PRUNE_DELIVERIES: &str = "prune_deliveries";
