//! Mails what is due. Several mails are claimed together and handed to the mail server side by side without holding anything in
//! the database; the outcomes that have come are recorded where the next are claimed. Other processes claim others meanwhile.

use chassis::{Failure, Host};
use tokio::{
    task::JoinSet,
    time::{Duration, Instant, timeout_at},
};
use tracing::Instrument as _;

use super::{
    app::{BeginAttempts, Begun, ExchangeAttempts, FinishAttempts, Finished, PRUNE_BATCH, PruneDeliveries, Ready},
    domain::Outcome,
    mail::Mailer,
    trace,
};
use crate::{context::Context, messages::Message};

/// Why a mail may arrive twice, as the metric names it.
const SENDER_DIED: &str = "sender_died";
const ANSWER_LOST: &str = "answer_lost";

/// How long outcomes gather, so that they are recorded together. A sender that dies meanwhile leaves them unrecorded.
const MOMENT: Duration = Duration::from_millis(20);

/// Most mails of one run: a run ends soon enough for a process that is asked to stop.
const MOST: usize = 200;

/// Mails what is due.
#[derive(Clone)]
pub(crate) struct SendMail {
    host: Host,
    cx: Context,
    mailer: Mailer,
    senders: u32,
}

impl SendMail {
    /// With so many mails under way at once.
    pub(crate) const fn new(host: Host, cx: Context, mailer: Mailer, senders: u32) -> Self {
        Self { host, cx, mailer, senders }
    }

    /// Works until nothing is due, or so much is done that the next run may go on. What is under way when the database fails
    /// is finished by the mail server alone, and mailed again once its claim has ended.
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let senders = self.senders as usize;
        let (mut under_way, mut claimed, mut more) = (JoinSet::new(), 0, true);
        loop {
            let finished = gather(&mut under_way, senders / 2).await?;
            // Half of the senders wait for work before any is claimed, so that a claim is worth its statements.
            let may_claim = more && claimed < MOST && under_way.len() * 2 <= senders;
            let free = if may_claim { senders - under_way.len() } else { 0 };
            if finished.is_empty() && free == 0 {
                break;
            }
            let begun = self.exchange(finished, free).await?;
            more = if may_claim { begun.len() == free } else { more };
            claimed += begun.len();
            for begun in begun {
                match begun {
                    Begun::Settled { message, state } => count(message, state),
                    Begun::Ready(ready) => drop(under_way.spawn(self.clone().send(*ready))),
                }
            }
        }
        if more {
            self.host.waker.wake(super::SEND_MAIL);
        }
        Ok(())
    }

    /// Records what came of mails, and claims as many as `free`, in one transaction. Where none can be claimed, what came of
    /// the others is recorded all the same: they would be mailed again.
    async fn exchange(&self, finished: Vec<Finished>, free: usize) -> anyhow::Result<Vec<Begun>> {
        let begin = BeginAttempts { limit: i64::try_from(free).unwrap_or(i64::MAX) };
        let exchange = ExchangeAttempts { finish: FinishAttempts(finished), begin };
        let (settled, begun) = match self.host.db.write(&exchange, &self.cx).await {
            Ok((settled, begun)) => (settled, Ok(begun)),
            Err(cause) => {
                let settled = self.host.db.write(&exchange.finish, &self.cx).await.map_err(Failure::into_anyhow)?;
                (settled, Err(cause.into_anyhow()))
            }
        };
        for Finished { delivery, message, .. } in exchange.finish.0 {
            match settled.get(&delivery) {
                Some(state) => count(message, state),
                None => tracing::warn!(%delivery, "another sender has overtaken this attempt"),
            }
        }
        begun
    }

    /// One attempt, as a part of the trace that called for the mail. Neither address nor link is in the span.
    async fn send(self, ready: Ready) -> Finished {
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
        Finished { delivery: ready.delivery, message, attempt: ready.attempt, outcome: sending.outcome }
    }
}

/// Waits for a mail that is under way, and then a moment for others, until no more than `left` are; nothing if none is.
async fn gather(under_way: &mut JoinSet<Finished>, left: usize) -> anyhow::Result<Vec<Finished>> {
    let Some(first) = under_way.join_next().await else { return Ok(Vec::new()) };
    let mut finished = vec![first?];
    let until = Instant::now() + MOMENT;
    while under_way.len() > left {
        let Ok(Some(next)) = timeout_at(until, under_way.join_next()).await else { break };
        finished.push(next?);
    }
    while let Some(next) = under_way.try_join_next() {
        finished.push(next?);
    }
    Ok(finished)
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
