//! Sessions and their chains of refresh tokens (domain §4.3).
//!
//! A token belongs to a generation. The newest generation rotates the chain. The generation before is taken once more for a few
//! seconds after the rotation, and gets tokens of the newest: two tabs that refresh at the same moment, and an answer that
//! was lost on the way, do no harm. Anything older is a token that somebody copied, or its owner after somebody used the
//! copy: the session ends. A thief gains nothing by the seconds of grace: as soon as one of the two rotates the chain,
//! the other's next refresh comes minutes later, and ends it.

use directory::model::Role;
use jiff::{SignedDuration, Timestamp};
use kernel::{ErrorKind, PersonId, Problem, SessionId};

/// How long a session lives without being refreshed.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// How long a session lives at most.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// A sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// The role that is active.
    pub role: Role,
    /// When it began.
    pub started_at: Timestamp,
    /// The tokens that rotate the chain.
    pub generation: i32,
    /// When the chain rotated last.
    pub rotated_at: Timestamp,
    /// Whether it lives.
    pub state: State,
}

/// Whether a session lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Until it is idle for [`IDLE`], or [`LONGEST`] has gone by.
    Open,
    /// For good.
    Ended {
        /// When.
        at: Timestamp,
        /// Why.
        cause: EndCause,
    },
}

kernel::coded! {
    /// Why a session ended.
    EndCause {
        /// The person signed out.
        SignedOut = "SIGNED_OUT",
        /// Idle, or too long.
        Expired = "EXPIRED",
        /// A refresh token came back.
        Reused = "REUSED",
        /// The password was changed or reset.
        Password = "PASSWORD",
        /// The account was disabled.
        Disabled = "DISABLED",
        /// No right is left.
        NoRole = "NO_ROLE",
    }
}

/// Why a session gives no tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// Idle for too long, or open for too long.
    #[error("the session's time is over")]
    Expired,
    /// Ended.
    #[error("the session has ended")]
    Ended,
    /// A token came back, which has ended the session just now. Told like any other end.
    #[error("a refresh token came back")]
    Reused {
        /// Whose session it was.
        person: PersonId,
        /// Which.
        session: SessionId,
    },
    /// Nobody remembers the token. Told like a session that has ended.
    #[error("the refresh token is unknown")]
    Unknown,
    /// The person does not have the role.
    #[error("the person does not have this role")]
    RoleNotHeld,
}

impl Problem for SessionError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Expired | Self::Ended | Self::Reused { .. } | Self::Unknown => ErrorKind::Unauthenticated,
            Self::RoleNotHeld => ErrorKind::Precondition,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::Expired => "SESSION_EXPIRED",
            Self::Ended | Self::Reused { .. } | Self::Unknown => "SESSION_ENDED",
            Self::RoleNotHeld => "ROLE_NOT_HELD",
        }
    }
}

impl Session {
    /// A new session with its first token, of generation 1.
    #[must_use]
    pub const fn open(id: SessionId, person: PersonId, role: Role, now: Timestamp) -> Self {
        Self { id, person, role, started_at: now, generation: 1, rotated_at: now, state: State::Open }
    }

    /// Takes a token of `generation`, at most `grace` after its use. The session that comes back is to be stored in any
    /// case: it may have ended by this.
    pub fn refresh(self, generation: i32, grace: SignedDuration, now: Timestamp) -> (Self, Result<(), SessionError>) {
        if matches!(self.state, State::Ended { .. }) {
            return (self, Err(SessionError::Ended));
        }
        if now >= self.ends_at() {
            return (self.end(EndCause::Expired, now), Err(SessionError::Expired));
        }
        if generation == self.generation {
            let generation = self.generation + 1;
            return (Self { generation, rotated_at: now, ..self }, Ok(()));
        }
        if generation + 1 == self.generation && now.duration_since(self.rotated_at) < grace {
            return (self, Ok(()));
        }
        let reused = SessionError::Reused { person: self.person, session: self.id };
        (self.end(EndCause::Reused, now), Err(reused))
    }

    /// Ends the session, unless it has ended before.
    #[must_use]
    pub fn end(self, cause: EndCause, now: Timestamp) -> Self {
        match self.state {
            State::Open => Self { state: State::Ended { at: now, cause }, ..self },
            State::Ended { .. } => self,
        }
    }

    /// When it ends if nobody refreshes it.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        (self.rotated_at + IDLE).min(self.started_at + LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const GRACE: SignedDuration = SignedDuration::from_secs(10);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    fn session() -> Session {
        let (id, person) = (SessionId::from(Uuid::from_u128(1)), PersonId::from(Uuid::from_u128(2)));
        Session::open(id, person, Role::Supervisor, at(0))
    }

    fn refreshed(session: Session, generation: i32, now: Timestamp) -> Session {
        let (session, outcome) = session.refresh(generation, GRACE, now);
        assert_eq!(outcome, Ok(()));
        session
    }

    fn reused() -> Result<(), SessionError> {
        Err(SessionError::Reused { person: session().person, session: session().id })
    }

    fn ended(cause: EndCause, seconds: i64) -> State {
        State::Ended { at: at(seconds), cause }
    }

    #[test]
    fn each_refresh_rotates_the_chain() {
        let session = refreshed(refreshed(session(), 1, at(600)), 2, at(1200));
        assert_eq!((session.generation, session.rotated_at, session.state), (3, at(1200), State::Open));
    }

    #[test]
    fn a_token_that_comes_back_ends_the_session() {
        let (session, outcome) = refreshed(session(), 1, at(600)).refresh(1, GRACE, at(610));
        assert_eq!((session.state, outcome), (ended(EndCause::Reused, 610), reused()));
        let (session, outcome) = session.refresh(2, GRACE, at(611));
        assert_eq!((session.state, outcome), (ended(EndCause::Reused, 610), Err(SessionError::Ended)));
    }

    #[test]
    fn a_double_refresh_within_the_grace_does_no_harm() {
        let session = refreshed(refreshed(session(), 1, at(600)), 1, at(609));
        assert_eq!((session.generation, session.rotated_at), (2, at(600)));
    }

    #[test]
    fn two_holders_of_one_chain_are_found_out_at_the_next_rotation() {
        let forked = refreshed(refreshed(session(), 1, at(600)), 1, at(605));
        let (session, outcome) = refreshed(forked, 2, at(1200)).refresh(2, GRACE, at(1300));
        assert_eq!((session.state, outcome), (ended(EndCause::Reused, 1300), reused()));
    }

    #[test]
    fn half_an_hour_of_silence_ends_a_session() {
        let (session, outcome) = session().refresh(1, GRACE, at(30 * 60));
        assert_eq!((session.state, outcome), (ended(EndCause::Expired, 1800), Err(SessionError::Expired)));
    }

    #[test]
    fn no_session_outlives_half_a_day() {
        let mut session = session();
        for step in 1..=35 {
            session = refreshed(session, step, at(i64::from(step) * 1200));
        }
        assert_eq!(session.ends_at(), at(12 * 3600));
        let (_, outcome) = session.refresh(36, GRACE, at(12 * 3600));
        assert_eq!(outcome, Err(SessionError::Expired));
    }

    #[test]
    fn an_ended_session_stays_as_it_ended() {
        let session = session().end(EndCause::SignedOut, at(5)).end(EndCause::Disabled, at(6));
        assert_eq!(session.state, ended(EndCause::SignedOut, 5));
    }
}
