//! One e-mail to one person, from asked for to settled.

use jiff::{SignedDuration, Timestamp};
use kernel::{AnswerLinkId, DeliveryId, EventId, PersonId, PlacementRequestId};
use serde::{Deserialize, Serialize};

use crate::{
    error::InvalidTransition,
    messages::{AffectedRequests, Facts, Message, Row},
};

/// Most characters kept of what a mail server said.
const ERROR_CHARACTERS: usize = 500;
/// More doublings than any capped delay needs.
const MOST_DOUBLINGS: u32 = 20;

/// One e-mail to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    /// Its id, from which the Message-ID is made.
    pub(crate) id: DeliveryId,
    /// The event that called for it.
    pub(crate) event: EventId,
    pub(crate) message: Message,
    /// To whom; `None` when the request named nobody.
    pub(crate) recipient: Option<PersonId>,
    /// The link that it carries.
    pub(crate) link: Option<AnswerLinkId>,
    /// The delivery that it repeats, when somebody asked for that.
    pub(crate) resend_of: Option<DeliveryId>,
    /// What it is about, as the event said.
    pub(crate) subject: Subject,
    /// The Message-ID, one over all attempts.
    pub(crate) message_id: String,
    pub(crate) created_at: Timestamp,
    /// The address that it last went to.
    pub(crate) address: Option<String>,
    pub(crate) state: DeliveryState,
}

/// What a delivery is about. Each is stored as itself: the two have no field in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Subject {
    /// A request, as it was then.
    Request(Box<Facts>),
    /// A closure.
    Closure(AffectedRequests),
}

/// How a delivery stands. The diagram is drawn in `migrations/0003_delivery.sql`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DeliveryState {
    /// To be mailed, the first time or again.
    Pending(Pending),
    /// The mail server took it.
    Sent { attempts: i32, at: Timestamp },
    /// Given up.
    Failed { attempts: i32, at: Timestamp, error: String },
}

/// What is true while a delivery waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pending {
    /// Attempts begun.
    pub(crate) attempts: i32,
    /// When the next may begin.
    pub(crate) next_attempt_at: Timestamp,
    /// Until when a sender holds it.
    pub(crate) claimed_until: Option<Timestamp>,
    /// Why the last attempt did not settle it.
    pub(crate) last_error: Option<String>,
}

/// What a mail server answered, or that it did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It took the mail.
    Accepted,
    /// It refused for good, or there is nowhere to send to.
    Refused(String),
    /// It may take it later.
    PutOff(String),
}

/// A claim: the right to make one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attempt {
    /// Its number, from 1; outcomes of an older attempt are told apart by it.
    pub(crate) number: i32,
    /// Whether the attempt before it ended without an outcome, so that its mail may have gone.
    pub(crate) may_repeat: bool,
}

/// The trace that a delivery continues: the W3C headers of the handling of its event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trace {
    pub(crate) parent: Option<String>,
    pub(crate) state: Option<String>,
}

/// How often and how soon to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RetryPolicy {
    pub(crate) attempts: i32,
    /// Wait after the first; doubled each time.
    pub(crate) first: SignedDuration,
    /// The longest wait.
    pub(crate) longest: SignedDuration,
}

/// The Message-ID of a delivery, without angle brackets.
pub(crate) fn message_id(delivery: DeliveryId, domain: &str) -> String {
    format!("{delivery}@{domain}")
}

impl RetryPolicy {
    /// The wait after so many attempts.
    pub(crate) fn delay(&self, attempts: i32) -> SignedDuration {
        let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(MOST_DOUBLINGS);
        self.first.checked_mul(1_i32 << doublings).map_or(self.longest, |wait| wait.min(self.longest))
    }
}

impl Subject {
    /// The request, if it is about one.
    pub(crate) fn request(&self) -> Option<PlacementRequestId> {
        match self {
            Self::Request(facts) => Some(facts.request),
            Self::Closure(_) => None,
        }
    }
}

impl Delivery {
    /// Code of the reason that the mail tells: what the side of the one who reads it may know.
    pub(crate) fn reason<'a>(&self, facts: &'a Facts) -> Option<&'a String> {
        let reader = self.recipient.filter(|_| self.message.rows().any(|row| row == Row::Reason))?;
        if self.message == Message::DatesChanged { facts.change_reason.as_ref() } else { facts.reason_for(reader) }
    }

    /// Begins an attempt that nobody else may make before `until`.
    pub(crate) fn claim(mut self, until: Timestamp) -> Result<(Self, Attempt), InvalidTransition> {
        let DeliveryState::Pending(pending) = &mut self.state else { return Err(self.cannot("PENDING")) };
        let may_repeat = pending.claimed_until.is_some();
        pending.attempts += 1;
        pending.claimed_until = Some(until);
        let attempt = Attempt { number: pending.attempts, may_repeat };
        Ok((self, attempt))
    }

    /// Takes the outcome of an attempt. That the mail has gone counts whoever tells it; that it has not gone counts only
    /// for the attempt that holds the claim, because a later one may be under way.
    pub(crate) fn settle(
        mut self,
        attempt: Attempt,
        outcome: Outcome,
        now: Timestamp,
        policy: &RetryPolicy,
    ) -> Result<Self, InvalidTransition> {
        let to = outcome.target();
        self.state = match (&self.state, outcome) {
            (
                DeliveryState::Pending(Pending { attempts, .. }) | DeliveryState::Failed { attempts, .. },
                Outcome::Accepted,
            ) => DeliveryState::Sent { attempts: *attempts, at: now },
            (DeliveryState::Pending(pending), _) if pending.attempts != attempt.number => return Err(self.cannot(to)),
            (DeliveryState::Pending(pending), Outcome::Refused(error)) => {
                DeliveryState::Failed { attempts: pending.attempts, at: now, error: clip(&error) }
            }
            (DeliveryState::Pending(pending), Outcome::PutOff(error)) if pending.attempts >= policy.attempts => {
                DeliveryState::Failed { attempts: pending.attempts, at: now, error: clip(&error) }
            }
            (DeliveryState::Pending(pending), Outcome::PutOff(error)) => DeliveryState::Pending(Pending {
                attempts: pending.attempts,
                next_attempt_at: now + policy.delay(pending.attempts),
                claimed_until: None,
                last_error: Some(clip(&error)),
            }),
            _ => return Err(self.cannot(to)),
        };
        Ok(self)
    }

    fn cannot(&self, to: &'static str) -> InvalidTransition {
        InvalidTransition { from: self.state.name(), to }
    }
}

impl DeliveryState {
    /// Waits from `now` on.
    pub(crate) const fn pending(now: Timestamp) -> Self {
        Self::Pending(Pending { attempts: 0, next_attempt_at: now, claimed_until: None, last_error: None })
    }

    /// Attempts begun.
    pub(crate) const fn attempts(&self) -> i32 {
        match self {
            Self::Pending(pending) => pending.attempts,
            Self::Sent { attempts, .. } | Self::Failed { attempts, .. } => *attempts,
        }
    }

    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Pending(_) => "PENDING",
            Self::Sent { .. } => "SENT",
            Self::Failed { .. } => "FAILED",
        }
    }
}

impl Outcome {
    const fn target(&self) -> &'static str {
        match self {
            Self::Accepted => "SENT",
            Self::Refused(_) => "FAILED",
            Self::PutOff(_) => "PENDING",
        }
    }
}

/// On one line and short: what a server says is shown to people.
fn clip(error: &str) -> String {
    error.chars().map(|c| if c.is_control() { ' ' } else { c }).take(ERROR_CHARACTERS).collect()
}

#[cfg(test)]
mod tests;
