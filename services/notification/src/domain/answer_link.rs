//! A link by which someone without account answers for a destination, once (domain §12).

use jiff::{SignedDuration, Timestamp};
use kernel::{AnswerLinkId, DestinationId, ErrorKind, FieldViolation, PersonId, PlacementRequestId, Problem};
use sha2::{Digest as _, Sha256};

use super::{InvalidTransition, SealedLink};

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Accept,
    /// No.
    Decline,
}

/// An answer as it was given. Of the words only their hash is kept: enough to recognise the same answer, repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Yes or no.
    pub answer: Answer,
    /// Code of the reason, if one was chosen.
    pub reason: Option<String>,
    /// SHA-256 of the words.
    pub comment_hash: [u8; 32],
}

impl Given {
    /// An answer with its words.
    #[must_use]
    pub fn new(answer: Answer, reason: Option<String>, comment: &str) -> Self {
        Self { answer, reason, comment_hash: Sha256::digest(comment.as_bytes()).into() }
    }
}

/// An answer as it comes in, with the token of its link; therefore nothing that can be logged.
#[derive(Clone)]
pub struct GivenByLink {
    /// The token of the link.
    pub token: String,
    /// Yes or no.
    pub answer: Answer,
    /// Code of the reason.
    pub reason: Option<String>,
    /// Words.
    pub comment: String,
}

/// A link and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerLink {
    /// Its id, which the token holds.
    pub id: AnswerLinkId,
    /// The request.
    pub request: PlacementRequestId,
    /// The version of the request that asked for the link.
    pub request_version: i64,
    /// The destination that is to answer.
    pub destination: DestinationId,
    /// Who answers for it.
    pub agent: PersonId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it expires, in whole seconds.
    pub expires_at: Timestamp,
    /// How it stands.
    pub state: LinkState,
}

/// How a link stands. The diagram is drawn in `migrations/0002_answer_link.sql`. Expiry is no state: an open link beyond its
/// time is refused, and a claimed one may still be settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// Not yet answered.
    Open,
    /// Answered here; placement has not yet said that it took the answer.
    Claimed(Given),
    /// Placement took the answer.
    Used(Given),
    /// Nobody waits for this answer any more.
    Closed,
}

/// What an answer meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Placement is to be told, the first time or again.
    ToBeTold,
    /// The same answer was taken before.
    Taken,
}

/// Why a link does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefusal {
    /// Not as it was mailed: cut off, mistyped or forged.
    #[error("the link is not as it was mailed")]
    Altered,
    /// Signed by us, yet not known here.
    #[error("the link is not known")]
    Unknown,
    /// Its time is over.
    #[error("the link has expired")]
    Expired,
    /// It was used.
    #[error("the link has been used")]
    Used,
    /// The request no longer waits for this answer.
    #[error("nobody waits for this answer any more")]
    Closed,
}

impl Problem for LinkRefusal {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Altered => ErrorKind::Invalid,
            Self::Unknown => ErrorKind::NotFound,
            Self::Expired | Self::Used | Self::Closed => ErrorKind::Precondition,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::Altered => "LINK_ALTERED",
            Self::Unknown => "LINK_UNKNOWN",
            Self::Expired => "LINK_EXPIRED",
            Self::Used => "LINK_USED",
            Self::Closed => "LINK_CLOSED",
        }
    }

    fn fields(&self) -> Vec<FieldViolation> {
        match self {
            Self::Altered => vec![FieldViolation::new("token", "LINK_ALTERED")],
            _ => Vec::new(),
        }
    }
}

impl AnswerLink {
    /// When a link that is made now expires: whole seconds, because the token holds whole seconds.
    #[must_use]
    pub fn expiry(now: Timestamp, life: SignedDuration) -> Timestamp {
        Timestamp::from_second((now + life).as_second()).unwrap_or(now + life)
    }

    /// What its token holds.
    #[must_use]
    pub const fn sealed(&self) -> SealedLink {
        SealedLink { id: self.id, expires_at: self.expires_at }
    }

    /// Whether it may be read: the page before the answer.
    ///
    /// # Errors
    /// Why not. A claimed link is readable, so that an interrupted answer can be given again.
    pub fn read(&self, now: Timestamp) -> Result<(), LinkRefusal> {
        match self.state {
            LinkState::Open if now >= self.expires_at => Err(LinkRefusal::Expired),
            LinkState::Open | LinkState::Claimed(_) => Ok(()),
            LinkState::Used(_) => Err(LinkRefusal::Used),
            LinkState::Closed => Err(LinkRefusal::Closed),
        }
    }

    /// Takes an answer. The first one counts; the same one may be repeated.
    ///
    /// # Errors
    /// Expired, closed, or answered otherwise.
    pub fn claim(mut self, given: Given, now: Timestamp) -> Result<(Self, Progress), LinkRefusal> {
        let progress = match &self.state {
            LinkState::Open if now >= self.expires_at => return Err(LinkRefusal::Expired),
            LinkState::Open => Progress::ToBeTold,
            LinkState::Claimed(before) if *before == given => Progress::ToBeTold,
            LinkState::Used(before) if *before == given => Progress::Taken,
            LinkState::Claimed(_) | LinkState::Used(_) => return Err(LinkRefusal::Used),
            LinkState::Closed => return Err(LinkRefusal::Closed),
        };
        if progress == Progress::ToBeTold {
            self.state = LinkState::Claimed(given);
        }
        Ok((self, progress))
    }

    /// Placement took the answer.
    ///
    /// # Errors
    /// Unless it is claimed.
    pub fn used(self) -> Result<Self, InvalidTransition> {
        self.leave_claimed("USED", LinkState::Used)
    }

    /// Placement refused the answer: nobody waits for it.
    ///
    /// # Errors
    /// Unless it is claimed.
    pub fn refused(self) -> Result<Self, InvalidTransition> {
        self.leave_claimed("CLOSED", |_| LinkState::Closed)
    }

    /// Placement found the answer itself invalid and took nothing: another may be given.
    ///
    /// # Errors
    /// Unless it is claimed.
    pub fn released(self) -> Result<Self, InvalidTransition> {
        self.leave_claimed("OPEN", |_| LinkState::Open)
    }

    /// The request no longer waits for this answer.
    ///
    /// # Errors
    /// Unless it is open.
    pub fn closed(mut self) -> Result<Self, InvalidTransition> {
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
        next: impl FnOnce(Given) -> LinkState,
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

impl Answer {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => "ACCEPT",
            Self::Decline => "DECLINE",
        }
    }
}

impl LinkState {
    /// The stable name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Claimed(_) => "CLAIMED",
            Self::Used(_) => "USED",
            Self::Closed => "CLOSED",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn yes() -> Given {
        Given::new(Answer::Accept, None, "")
    }

    fn no() -> Given {
        Given::new(Answer::Decline, Some("D1".into()), "Désolée")
    }

    fn link(state: LinkState) -> AnswerLink {
        AnswerLink {
            id: Uuid::from_u128(1).into(),
            request: Uuid::from_u128(2).into(),
            request_version: 3,
            destination: Uuid::from_u128(4).into(),
            agent: Uuid::from_u128(5).into(),
            created_at: at(0),
            expires_at: at(100),
            state,
        }
    }

    fn states() -> [LinkState; 4] {
        [LinkState::Open, LinkState::Claimed(yes()), LinkState::Used(yes()), LinkState::Closed]
    }

    #[test]
    fn every_transition_from_every_state() {
        type Step = fn(AnswerLink) -> Result<AnswerLink, InvalidTransition>;
        let after = |step: Step| states().map(|s| step(link(s)).map(|l| l.state.name()).ok());
        assert_eq!(after(AnswerLink::used), [None, Some("USED"), None, None]);
        assert_eq!(after(AnswerLink::refused), [None, Some("CLOSED"), None, None]);
        assert_eq!(after(AnswerLink::released), [None, Some("OPEN"), None, None]);
        assert_eq!(after(AnswerLink::closed), [Some("CLOSED"), None, None, None]);
    }

    #[test]
    fn the_first_answer_counts_and_only_it_may_be_repeated() {
        let claim = |given: fn() -> Given| states().map(|s| link(s).claim(given(), at(50)).map(|(_, p)| p));
        let (told, taken) = (Ok(Progress::ToBeTold), Ok(Progress::Taken));
        assert_eq!(claim(yes), [told, told, taken, Err(LinkRefusal::Closed)]);
        assert_eq!(claim(no), [told, Err(LinkRefusal::Used), Err(LinkRefusal::Used), Err(LinkRefusal::Closed)]);
        let reworded =
            link(LinkState::Claimed(no())).claim(Given::new(Answer::Decline, Some("D1".into()), "Non"), at(50));
        assert_eq!(reworded, Err(LinkRefusal::Used));
    }

    #[test]
    fn time_ends_open_links_only() {
        let late = states().map(|s| link(s).read(at(100)));
        assert_eq!(late, [Err(LinkRefusal::Expired), Ok(()), Err(LinkRefusal::Used), Err(LinkRefusal::Closed)]);
        assert_eq!(link(LinkState::Open).read(at(99)), Ok(()));
        assert_eq!(link(LinkState::Open).claim(yes(), at(100)), Err(LinkRefusal::Expired));
        assert!(link(LinkState::Claimed(yes())).claim(yes(), at(100)).is_ok());
    }

    #[test]
    fn an_expiry_is_in_whole_seconds() {
        let now = Timestamp::new(10, 999_000_000).unwrap();
        assert_eq!(AnswerLink::expiry(now, SignedDuration::from_secs(5)), at(15));
    }
}
