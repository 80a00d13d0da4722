//! Mails what is due. Several senders work side by side, in one process or in several: each claims one delivery, talks to
//! the mail server without holding anything in the database, and records the outcome.

use chassis::{Failure, Host};
use tokio::task::JoinSet;
use tracing::Instrument as _;

use crate::{
    app::{
        Rules,
        begin_attempt::{self, Begun, Ready},
        finish_attempt,
    },
    domain::{Outcome, Template},
    mail::Mailer,
    trace,
};

/// Why a mail may arrive twice, as the metric names it.
const SENDER_DIED: &str = "sender_died";
const ANSWER_LOST: &str = "answer_lost";

/// Most mails of one sender in one run: a run ends soon enough for a process that is asked to stop.
const BATCH: usize = 50;

/// Mails what is due.
#[derive(Clone)]
pub struct SendMail {
    host: Host,
    rules: Rules,
    mailer: Mailer,
    senders: u32,
}

impl SendMail {
    /// With so many senders side by side.
    #[must_use]
    pub const fn new(host: Host, rules: Rules, mailer: Mailer, senders: u32) -> Self {
        Self { host, rules, mailer, senders }
    }

    /// Works until nothing is due, or so much is done that the next run may go on.
    ///
    /// # Errors
    /// If the database fails; whatever is under way in other senders is finished first.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut senders = JoinSet::new();
        for _ in 0..self.senders {
            let sender = self.clone();
            senders.spawn(async move { sender.work().await });
        }
        let mut first = Ok(());
        while let Some(ended) = senders.join_next().await {
            let ended = ended?.map_err(|failure| anyhow::anyhow!(failure.chain()));
            first = first.and(ended);
        }
        first
    }

    async fn work(&self) -> Result<(), Failure> {
        for _ in 0..BATCH {
            let context = (&self.host.env, &self.rules);
            let begin = self.host.db.in_tx(&context, |tx, (env, rules)| Box::pin(begin_attempt::run(tx, env, rules)));
            match begin.await? {
                Begun::Nothing => return Ok(()),
                Begun::Settled { template, state } => count(template, state),
                Begun::Ready(ready) => self.send(&ready).await?,
            }
        }
        self.host.waker.wake(crate::SEND_MAIL);
        Ok(())
    }

    /// One attempt, as a part of the trace that called for the mail. Neither address nor link is in the span.
    async fn send(&self, ready: &Ready) -> Result<(), Failure> {
        let template = ready.letter.template;
        if ready.attempt.may_repeat {
            count_possible_duplicate(SENDER_DIED);
        }
        let span = tracing::info_span!(
            "smtp send",
            otel.kind = "client",
            tandem.delivery = %ready.delivery,
            tandem.template = template.code(),
            tandem.attempt = ready.attempt.number,
            tandem.outcome = tracing::field::Empty,
        );
        trace::adopt(&ready.trace, &span);
        let sending = self.mailer.send(&ready.letter).instrument(span.clone()).await;
        span.record("tandem.outcome", name(&sending.outcome));
        if sending.answer_lost {
            count_possible_duplicate(ANSWER_LOST);
        }
        let context = (&self.host.env, &self.rules, (ready.delivery, ready.attempt), sending.outcome);
        let record = self.host.db.in_tx(&context, |tx, (env, rules, claim, outcome)| {
            Box::pin(finish_attempt::run(tx, env, rules, *claim, outcome.clone()))
        });
        match record.instrument(span).await? {
            Some(state) => count(template, state),
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

fn count(template: Template, state: &'static str) {
    metrics::counter!("tandem_mail_attempts_total", "template" => template.code(), "state" => state).increment(1);
}

fn count_possible_duplicate(cause: &'static str) {
    metrics::counter!("tandem_mail_possible_duplicates_total", "cause" => cause).increment(1);
}
