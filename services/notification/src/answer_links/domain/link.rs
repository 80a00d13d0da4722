//! A link by which someone without account answers for a destination, once (domain §12).

use jiff::{SignedDuration, Timestamp};
use kernel::{AnswerLinkId, DestinationId, PersonId, PlacementRequestId};
use sha2::{Digest as _, Sha256};

use super::{answer::Answer, refusal::LinkRefusal, token::SealedLink};
use crate::error::InvalidTransition;

/// An answer as it was given. Of the words only their hash is kept: enough to recognise the same answer, repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GivenAnswer {
    pub(crate) answer: Answer,
    /// Code of the reason, if one was chosen.
    pub(crate) reason: Option<String>,
    /// SHA-256 of the words.
    pub(crate) comment_hash: [u8; 32],
}

impl GivenAnswer {
    /// An answer with its words.
    pub(crate) fn new(answer: Answer, reason: Option<String>, comment: &str) -> Self {
        Self { answer, reason, comment_hash: Sha256::digest(comment.as_bytes()).into() }
    }
}

/// An answer as it comes in, with the token of its link; therefore nothing that can be logged.
#[derive(Clone)]
pub(crate) struct AnswerByLink {
    pub(crate) token: String,
    pub(crate) answer: Answer,
    /// Code of the reason.
    pub(crate) reason: Option<String>,
    pub(crate) comment: String,
    /// The version of the request that was read; may be empty.
    pub(crate) etag: String,
    /// Why it does not fit, by numbers of the contract, as far as the one who says yes knows that.
    pub(crate) despite: Vec<i32>,
}

/// A link and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AnswerLink {
    pub(crate) id: AnswerLinkId,
    pub(crate) request: PlacementRequestId,
    /// The version of the request that asked for the link.
    pub(crate) request_version: i64,
    pub(crate) destination: DestinationId,
    pub(crate) agent: PersonId,
    pub(crate) created_at: Timestamp,
    /// When it expires, in whole seconds.
    pub(crate) expires_at: Timestamp,
    pub(crate) state: LinkState,
}

/// How a link stands. The diagram is drawn in `migrations/0002_answer_link.sql`. Expiry is no state: an open link beyond its
/// time is refused, and a claimed one may still be settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkState {
    /// Not yet answered.
    Open,
    /// Answered here; placement has not yet said that it took the answer.
    Claimed(GivenAnswer),
    /// Placement took the answer.
    Used(GivenAnswer),
    /// Nobody waits for this answer any more.
    Closed,
}

/// What an answer meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Placement is to be told, the first time or again.
    ToBeTold,
    /// The same answer was taken before.
    Taken,
}

impl AnswerLink {
    /// When a link that is made now expires: whole seconds, because the token holds whole seconds.
    pub(crate) fn expiry(now: Timestamp, life: SignedDuration) -> Timestamp {
        Timestamp::from_second((now + life).as_second()).unwrap_or(now + life)
    }

    /// What its token holds.
    pub(crate) const fn sealed(&self) -> SealedLink {
        SealedLink { id: self.id, expires_at: self.expires_at }
    }

    /// Whether somebody may still answer by it.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.state == LinkState::Open && now < self.expires_at
    }

    /// Whether it may be read: the page before the answer.
    pub(crate) fn read(&self, now: Timestamp) -> Result<(), LinkRefusal> {
        match &self.state {
            LinkState::Open if now >= self.expires_at => Err(LinkRefusal::Expired),
            LinkState::Open | LinkState::Claimed(_) => Ok(()),
            LinkState::Used(given) => Err(LinkRefusal::Used(given.answer)),
            LinkState::Closed => Err(LinkRefusal::Closed),
        }
    }

    /// Takes an answer. The first one counts; the same one may be repeated.
    pub(crate) fn claim(mut self, given: GivenAnswer, now: Timestamp) -> Result<(Self, Progress), LinkRefusal> {
        let progress = match &self.state {
            LinkState::Open if now >= self.expires_at => return Err(LinkRefusal::Expired),
            LinkState::Open => Progress::ToBeTold,
            LinkState::Claimed(before) if *before == given => Progress::ToBeTold,
            LinkState::Used(before) if *before == given => Progress::Taken,
            LinkState::Claimed(before) | LinkState::Used(before) => return Err(LinkRefusal::Used(before.answer)),
            LinkState::Closed => return Err(LinkRefusal::Closed),
        };
        if progress == Progress::ToBeTold {
            self.state = LinkState::Claimed(given);
        }
        Ok((self, progress))
    }

    /// Placement took the answer.
    pub(crate) fn used(self) -> Result<Self, InvalidTransition> {
        self.leave_claimed("USED", LinkState::Used)
    }

    /// Placement refused the answer: nobody waits for it.
    pub(crate) fn refused(self) -> Result<Self, InvalidTransition> {
        self.leave_claimed("CLOSED", |_| LinkState::Closed)
    }

    /// Placement found the answer itself invalid and took nothing: another may be given.
    pub(crate) fn released(self) -> Result<Self, InvalidTransition> {
        self.leave_claimed("OPEN", |_| LinkState::Open)
    }

    /// The request no longer waits for this answer.
    pub(crate) fn closed(mut self) -> Result<Self, InvalidTransition> {
        match self.state {
            LinkState::Open => {
                self.state = LinkState::Closed;
                Ok(self)
            }
            other => Err(InvalidTransition { from: other.name(), to: "CLOSED" }),
        }
    }

    fn leave_claimed(
        mut self,
        to: &'static str,
        next: impl FnOnce(GivenAnswer) -> LinkState,
    ) -> Result<Self, InvalidTransition> {
        match self.state {
            LinkState::Claimed(given) => {
                self.state = next(given);
                Ok(self)
            }
            other => Err(InvalidTransition { from: other.name(), to }),
        }
    }
}

impl LinkState {
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Claimed(_) => "CLAIMED",
            Self::Used(_) => "USED",
            Self::Closed => "CLOSED",
        }
    }

    /// The answer that was given by it.
    pub(crate) const fn given(&self) -> Option<&GivenAnswer> {
        match self {
            Self::Claimed(given) | Self::Used(given) => Some(given),
            Self::Open | Self::Closed => None,
        }
    }
}

#[cfg(test)]
mod tests;
