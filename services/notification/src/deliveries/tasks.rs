//! Mails what is due. Several senders work side by side, in one process or in several: each claims one delivery, talks to
//! the mail server without holding anything in the database, and records the outcome.

use chassis::{Failure, Host};
use tokio::task::JoinSet;
use tracing::Instrument as _;

use super::{
    app::{BeginAttempt, Begun, FinishAttempt, PRUNE_BATCH, PruneDeliveries, Ready},
    domain::Outcome,
    mail::Mailer,
    trace,
};
use crate::{context::Context, messages::Message};

/// Why a mail may arrive twice, as the metric names it.
const SENDER_DIED: &str = "sender_died";
const ANSWER_LOST: &str = "answer_lost";

/// Most mails of one sender in one run: a run ends soon enough for a process that is asked to stop.
const BATCH: usize = 50;

/// Mails what is due.
#[derive(Clone)]
pub(crate) struct SendMail {
    host: Host,
    cx: Context,
    mailer: Mailer,
    senders: u32,
}

impl SendMail {
    /// With so many senders side by side.
    pub(crate) const fn new(host: Host, cx: Context, mailer: Mailer, senders: u32) -> Self {
        Self { host, cx, mailer, senders }
    }

    /// Works until nothing is due, or so much is done that the next run may go on.
    /// Whatever is under way in other senders when one fails is finished first.
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let mut senders = JoinSet::new();
        for _ in 0..self.senders {
            let sender = self.clone();
            senders.spawn(async move { sender.work().await });
        }
        let mut first = Ok(());
        while let Some(ended) = senders.join_next().await {
            let ended = ended?.map_err(Failure::into_anyhow);
            first = first.and(ended);
        }
        first
    }

    async fn work(&self) -> Result<(), Failure> {
        for _ in 0..BATCH {
            match self.host.db.write(&BeginAttempt, &self.cx).await? {
                Begun::Nothing => return Ok(()),
                Begun::Settled { message, state } => count(message, state),
                Begun::Ready(ready) => self.send(&ready).await?,
            }
        }
        self.host.waker.wake(super::SEND_MAIL);
        Ok(())
    }

    /// One attempt, as a part of the trace that called for the mail. Neither address nor link is in the span.
    async fn send(&self, ready: &Ready) -> Result<(), Failure> {
        let message = ready.mail.message;
        if ready.attempt.may_repeat {
            count_possible_duplicate(SENDER_DIED);
        }
        let span = tracing::info_span!(
            "smtp send",
            otel.kind = "client",
            tandem.delivery = %ready.delivery,
            tandem.template = message.code(),
            tandem.attempt = ready.attempt.number,
            tandem.outcome = tracing::field::Empty,
        );
        trace::adopt(&ready.trace, &span);
        let sending = self.mailer.send(&ready.mail).instrument(span.clone()).await;
        span.record("tandem.outcome", name(&sending.outcome));
        if sending.answer_lost {
            count_possible_duplicate(ANSWER_LOST);
        }
        let (delivery, attempt, outcome) = (ready.delivery, ready.attempt, sending.outcome);
        let finish = FinishAttempt { delivery, attempt, outcome };
        match self.host.db.write(&finish, &self.cx).instrument(span).await? {
            Some(state) => count(message, state),
            None => tracing::warn!(delivery = %ready.delivery, "another sender has overtaken this attempt"),
        }
        Ok(())
    }
}

const fn name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Refused(_) => "refused",
        Outcome::PutOff(_) => "put_off",
    }
}

fn count(message: Message, state: &'static str) {
    metrics::counter!("tandem_mail_attempts_total", "template" => message.code(), "state" => state).increment(1);
}

fn count_possible_duplicate(cause: &'static str) {
    metrics::counter!("tandem_mail_possible_duplicates_total", "cause" => cause).increment(1);
}

/// Takes old mails out of the log, until nothing is left that is old enough.
pub(crate) async fn prune(host: Host, cx: Context) -> anyhow::Result<()> {
    let mut gone = 0;
    loop {
        let batch = host.db.write(&PruneDeliveries, &cx).await;
        let batch = batch.map_err(Failure::into_anyhow)?;
        gone += batch;
        if i64::try_from(batch).unwrap_or(PRUNE_BATCH) < PRUNE_BATCH {
            break;
        }
    }
    if gone > 0 {
        tracing::info!(gone, "old mails have been taken out of the log");
    }
    Ok(())
}
