//! E-mail, delivery log, answer links.
//!
//! **Owns** deliveries (one e-mail to one person) and answer links (by which the agent of a destination that is not a user
//! answers without an account), and keeps the newest facts of each placement request, and what mails name: people, places,
//! programs, reasons, closures, in the directory. It holds no student, and no words that people wrote.
//!
//! **In** come `placement.v1.request*`, of `configuration.v1.*_changed` what mails name, and `identity.v1.person_changed`; nothing goes out.
//! No mail goes out when a request is sent off-line, because the school asks such an agency by itself, and none to the one who
//! did what it tells. Beside requests, a school's coordinator is told of a closure that affects requests of theirs, with place,
//! days and reason as they are when it is mailed; not any more once it is withdrawn.
//!
//! ```text
//! events ─► handler's transaction: facts, links, PENDING deliveries ─commit─► sender: claim ─commit─► SMTP ─► outcome ─commit
//! ```
//!
//! - **Once per event.** A delivery is unique by event, message and recipient: an event that comes twice adds nothing.
//! - **Late events** are mailed all the same, saying what happened then; only a link is not sent for a request that has
//!   moved on since: neither when the event is handled nor, if the mail server was away meanwhile, when it is sent.
//! - **Retries** keep one Message-ID, made with the delivery; the second attempt's bytes are the first one's, as long as
//!   no name has changed. A 5xx settles a delivery for good, everything else is tried again with growing delays.
//! - **Doubles.** A mail can arrive twice only if (a) the sender dies between the mail server's answer and the record of
//!   it, which is one small transaction, or (b) the connection breaks after the mail was handed over and before the answer
//!   came, which SMTP leaves open. Both are counted in `tandem_mail_possible_duplicates_total` by `cause`, and the common
//!   Message-ID lets mail systems drop the second. Asking for a resend makes a new Message-ID, on purpose.
//! - **Several replicas** share the work by claims: a time in the row, far beyond what an attempt may take. No lock and no
//!   transaction spans SMTP. That a mail has gone counts whoever tells it; that it failed counts only for the claim's
//!   holder.
//! - **Answer links.** The token is the link's id and expiry, signed: [`LinkKey`]. Nothing in the database
//!   opens a link, an altered one is told apart without a look-up, and a mail that is written again holds the same link.
//!   An answer is claimed here first, then placement is told outside of any transaction under the link's id, then its word
//!   is recorded. If that breaks off, the same answer may be given again, another is refused, and the answer's own event
//!   settles the link.
//! - **Old mails** leave the log ([`Config::keep_deliveries_days`]): settled ones, unless somebody may still answer by the link
//!   that they carry.
//! - **The trace** of an event is stored with its deliveries and continued by the `smtp send` span.
//!
//! `messages` says what triggers which message; `answer_links` stands on it, `deliveries` on both. Mails to supervisors, guest
//! links and the print queue (domain §17 N4, N8, N9) have no events yet.
//!
//! **A new message** is declared in `messages/domain/message.rs`: what triggers it, who gets it, what it shows. Beside that it needs
//! its subject and its opening sentence in both `mail.ftl`, its code in the CHECK of `delivery.template`, and, where no message was
//! triggered by the event before, a line in `messages/wire.rs` and in the topology.

mod answer_links;
pub mod config;
mod context;
mod deliveries;
mod error;
mod messages;
mod topology;

pub use answer_links::{LinkKey, SealedLink};
pub use config::Config;
pub use context::Context;
pub use deliveries::{MailsWait, PRUNE_DELIVERIES, SEND_MAIL};

use std::time::Duration;

use chassis::{Component, Host, Messages};
use directory::{KeepDirectory as _, model::Aggregate};
use eventing::{Consumers, Topology};
use proto::notification::v1::{
    answer_link_service_server::AnswerLinkServiceServer, delivery_service_server::DeliveryServiceServer,
};
use sqlx::migrate::Migrator;

use crate::{
    answer_links::AnswerLinks,
    deliveries::{Deliveries, Mailer, SendMail, Writer, prune},
};

/// The history of the schema.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// What mails name.
const KEPT: [Aggregate; 9] = [
    Aggregate::Person,
    Aggregate::Agency,
    Aggregate::Site,
    Aggregate::Service,
    Aggregate::Destination,
    Aggregate::Closure,
    Aggregate::Program,
    Aggregate::Reason,
    Aggregate::PlacementType,
];

/// How often mails are looked for that nobody has announced.
const SEND_EVERY: Duration = Duration::from_secs(1);
/// How often old mails are looked for: their age is counted in days.
const PRUNE_EVERY: Duration = Duration::from_secs(3600);

/// The reason codes that are this service's own, each with a text in `errors.ftl`.
pub const REASONS: [&str; 10] = [
    "LINK_ALTERED",
    "LINK_UNKNOWN",
    "LINK_EXPIRED",
    "LINK_USED",
    "LINK_CLOSED",
    "UNKNOWN_REASON",
    "DELIVERY_PENDING",
    "DOES_NOT_FIT",
    "ANSWER_NOT_AWAITED",
    "REQUEST_CHANGED",
];

fluent_templates::static_loader! {
    // The texts of errors and mails.
    static LOCALES = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The notification service.
pub struct Notification;

impl chassis::Service for Notification {
    const NAME: &'static str = "notification";
    const TOPOLOGY: &'static Topology = &topology::TOPOLOGY;
    const DIRECTORY: bool = true;
    type Config = Config;

    fn migrator() -> Option<&'static Migrator> {
        Some(&MIGRATOR)
    }

    fn messages() -> &'static Messages {
        &LOCALES
    }

    async fn build(host: &Host, config: Config) -> anyhow::Result<Component> {
        let cx = Context::new(host, &config)?;
        let writer =
            Writer { public_url: config.public_url.clone(), key: cx.link_key.clone(), zone: host.env.zone.clone() };
        let send = SendMail::new(host.clone(), cx.clone(), Mailer::new(&config, writer)?, config.senders);
        let (pruning, pruned) = (host.clone(), cx.clone());
        Ok(Component::new()
            .grpc(AnswerLinkServiceServer::new(AnswerLinks::new(host, cx.clone())?))
            .grpc(DeliveryServiceServer::new(Deliveries::new(host.clone(), cx.clone())))
            .consumers(consumers(&cx))
            .copy_of("identity")
            .copy_of("configuration")
            .task(SEND_MAIL, SEND_EVERY, move || send.clone().run())
            .task(PRUNE_DELIVERIES, PRUNE_EVERY, move || prune(pruning.clone(), pruned.clone())))
    }
}

/// All handlers of the service.
#[must_use]
pub fn consumers(cx: &Context) -> Consumers {
    deliveries::consume(Consumers::of("notification").keep_directory(&cx.directory, &KEPT), cx)
}
