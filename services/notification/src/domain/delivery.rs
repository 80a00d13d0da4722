//! One e-mail to one person, from asked for to settled.

use jiff::{SignedDuration, Timestamp};
use kernel::{AnswerLinkId, DeliveryId, EventId, PersonId, PlacementRequestId};
use serde::{Deserialize, Serialize};

use super::{Facts, Template, Touches};

/// Most characters kept of what a mail server said.
const ERROR_CHARACTERS: usize = 500;
/// More doublings than any capped delay needs.
const MOST_DOUBLINGS: u32 = 20;

/// One e-mail to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id, from which the Message-ID is made.
    pub id: DeliveryId,
    /// The event that called for it.
    pub event: EventId,
    /// Which mail.
    pub template: Template,
    /// To whom; `None` when the request named nobody.
    pub recipient: Option<PersonId>,
    /// The link that it carries.
    pub link: Option<AnswerLinkId>,
    /// The delivery that it repeats, when somebody asked for that.
    pub resend_of: Option<DeliveryId>,
    /// What it is about, as the event said.
    pub subject: Subject,
    /// The Message-ID, one over all attempts.
    pub message_id: String,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// The address that it last went to.
    pub address: Option<String>,
    /// How it stands.
    pub state: DeliveryState,
}

/// What a delivery is about. Each is stored as itself: the two have no field in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Subject {
    /// A request, as it was then.
    Request(Box<Facts>),
    /// A closure.
    Closure(Touches),
}

/// How a delivery stands. The diagram is drawn in `migrations/0003_delivery.sql`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// To be mailed, the first time or again.
    Pending(Pending),
    /// The mail server took it.
    Sent {
        /// How often it was tried.
        attempts: i32,
        /// When.
        at: Timestamp,
    },
    /// Given up.
    Failed {
        /// How often it was tried.
        attempts: i32,
        /// When.
        at: Timestamp,
        /// Why.
        error: String,
    },
}

/// What is true while a delivery waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Attempts begun.
    pub attempts: i32,
    /// When the next may begin.
    pub next_attempt_at: Timestamp,
    /// Until when a sender holds it.
    pub claimed_until: Option<Timestamp>,
    /// Why the last attempt did not settle it.
    pub last_error: Option<String>,
}

/// What a mail server answered, or that it did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It took the mail.
    Accepted,
    /// It refused for good, or there is nowhere to send to.
    Refused(String),
    /// It may take it later.
    PutOff(String),
}

/// A claim: the right to make one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its number, from 1; outcomes of an older attempt are told apart by it.
    pub number: i32,
    /// Whether the attempt before it ended without an outcome, so that its mail may have gone.
    pub may_repeat: bool,
}

/// The trace that a delivery continues: the W3C headers of the handling of its event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// `traceparent`.
    pub parent: Option<String>,
    /// `tracestate`.
    pub state: Option<String>,
}

/// How often and how soon to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Most attempts.
    pub attempts: i32,
    /// Wait after the first; doubled each time.
    pub first: SignedDuration,
    /// The longest wait.
    pub longest: SignedDuration,
}

/// The state does not allow it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a delivery that is {from} cannot become {to}")]
pub struct InvalidTransition {
    /// The state it is in.
    pub from: &'static str,
    /// The state that was asked for.
    pub to: &'static str,
}

/// The Message-ID of a delivery, without angle brackets.
#[must_use]
pub fn message_id(delivery: DeliveryId, domain: &str) -> String {
    format!("{delivery}@{domain}")
}

impl RetryPolicy {
    /// The wait after so many attempts.
    #[must_use]
    pub fn delay(&self, attempts: i32) -> SignedDuration {
        let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(MOST_DOUBLINGS);
        self.first.checked_mul(1_i32 << doublings).map_or(self.longest, |wait| wait.min(self.longest))
    }
}

impl Subject {
    /// The request, if it is about one.
    #[must_use]
    pub fn request(&self) -> Option<PlacementRequestId> {
        match self {
            Self::Request(facts) => Some(facts.request),
            Self::Closure(_) => None,
        }
    }
}

impl Delivery {
    /// Code of the reason that the mail tells: what the side of the one who reads it may know.
    #[must_use]
    pub fn reason<'a>(&self, facts: &'a Facts) -> Option<&'a String> {
        let reader = self.recipient.filter(|_| self.template.tells_reason())?;
        facts.reason_for(reader)
    }

    /// Begins an attempt that nobody else may make before `until`.
    ///
    /// # Errors
    /// If it is settled.
    pub fn claim(mut self, until: Timestamp) -> Result<(Self, Attempt), InvalidTransition> {
        let DeliveryState::Pending(pending) = &mut self.state else { return Err(self.cannot("PENDING")) };
        let may_repeat = pending.claimed_until.is_some();
        pending.attempts += 1;
        pending.claimed_until = Some(until);
        let attempt = Attempt { number: pending.attempts, may_repeat };
        Ok((self, attempt))
    }

    /// Takes the outcome of an attempt. That the mail has gone counts whoever tells it; that it has not gone counts only
    /// for the attempt that holds the claim, because a later one may be under way.
    ///
    /// # Errors
    /// If it is settled already, or another attempt has taken over.
    pub fn settle(
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
    #[must_use]
    pub const fn pending(now: Timestamp) -> Self {
        Self::Pending(Pending { attempts: 0, next_attempt_at: now, claimed_until: None, last_error: None })
    }

    /// The stable name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
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
mod tests {
    use super::super::facts::tests::facts;
    use super::*;
    use uuid::Uuid;

    const POLICY: RetryPolicy =
        RetryPolicy { attempts: 3, first: SignedDuration::from_secs(30), longest: SignedDuration::from_secs(100) };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn delivery(state: DeliveryState) -> Delivery {
        let id = DeliveryId::from(Uuid::from_u128(1));
        Delivery {
            id,
            event: Uuid::from_u128(3).into(),
            template: Template::RequestSent,
            recipient: Some(Uuid::from_u128(4).into()),
            link: None,
            resend_of: None,
            subject: Subject::Request(Box::new(facts())),
            message_id: message_id(id, "tandem.example"),
            created_at: at(0),
            address: None,
            state,
        }
    }

    fn claimed(number: i32) -> Delivery {
        delivery(DeliveryState::Pending(Pending {
            attempts: number,
            next_attempt_at: at(0),
            claimed_until: Some(at(60)),
            last_error: None,
        }))
    }

    fn outcomes() -> [Outcome; 3] {
        [Outcome::Accepted, Outcome::Refused("550 no".into()), Outcome::PutOff("451 later".into())]
    }

    #[test]
    fn every_transition_from_every_state() {
        let sent = || delivery(DeliveryState::Sent { attempts: 1, at: at(1) });
        let failed = || delivery(DeliveryState::Failed { attempts: 1, at: at(1), error: "no".into() });
        let attempt = Attempt { number: 1, may_repeat: false };
        let names = |from: fn() -> Delivery| {
            outcomes().map(|o| from().settle(attempt, o, at(5), &POLICY).map(|d| d.state.name()).ok())
        };
        assert_eq!(names(|| claimed(1)), [Some("SENT"), Some("FAILED"), Some("PENDING")]);
        let settle = |d: Delivery, o| d.settle(attempt, o, at(5), &POLICY).map(|d| d.state.name()).ok();
        assert_eq!(outcomes().map(|o| settle(failed(), o)), [Some("SENT"), None, None]);
        assert_eq!(outcomes().map(|o| settle(sent(), o)), [None, None, None]);
        assert!(delivery(DeliveryState::pending(at(0))).claim(at(9)).is_ok());
        assert_eq!(sent().claim(at(9)), Err(InvalidTransition { from: "SENT", to: "PENDING" }));
        assert_eq!(failed().claim(at(9)), Err(InvalidTransition { from: "FAILED", to: "PENDING" }));
    }

    #[test]
    fn an_older_attempt_can_only_tell_that_the_mail_has_gone() {
        let older = Attempt { number: 1, may_repeat: false };
        let told = outcomes().map(|o| claimed(2).settle(older, o, at(5), &POLICY).map(|d| d.state.name()).ok());
        assert_eq!(told, [Some("SENT"), None, None]);
    }

    #[test]
    fn a_claim_that_ran_out_without_an_outcome_may_repeat_a_mail() {
        let (first, attempt) = delivery(DeliveryState::pending(at(0))).claim(at(60)).unwrap();
        assert_eq!(attempt, Attempt { number: 1, may_repeat: false });
        let (_, attempt) = first.clone().claim(at(200)).unwrap();
        assert_eq!(attempt, Attempt { number: 2, may_repeat: true });
        let put_off = first.settle(Attempt { number: 1, may_repeat: false }, outcomes()[2].clone(), at(5), &POLICY);
        let (_, attempt) = put_off.unwrap().claim(at(200)).unwrap();
        assert_eq!(attempt, Attempt { number: 2, may_repeat: false });
    }

    #[test]
    fn waits_double_up_to_the_longest_and_attempts_end() {
        assert_eq!([1, 2, 3, 90].map(|n| POLICY.delay(n).as_secs()), [30, 60, 100, 100]);
        let last = Attempt { number: 3, may_repeat: false };
        let given_up = claimed(3).settle(last, Outcome::PutOff("451 later".into()), at(5), &POLICY).unwrap();
        assert_eq!(given_up.state, DeliveryState::Failed { attempts: 3, at: at(5), error: "451 later".into() });
    }

    #[test]
    fn what_a_server_says_is_kept_short_and_on_one_line() {
        let long = format!("550 a\r\nb{}", "x".repeat(900));
        let error = clip(&long);
        assert!(error.starts_with("550 a  b") && error.chars().count() == ERROR_CHARACTERS);
    }
}
