//! Who may move a request from where: the table of domain §7.4, and the only place that knows it. Transitions ask it before
//! they move, the list of allowed actions is made from it.

use jiff::civil::Date;
use kernel::{ErrorKind, FieldViolation, Invalid, Problem};

use super::{Origin, PlacementRequest, Role, Status, view};

kernel::coded! {
    /// What somebody may try. A yes and a no are moves of their own, since the table differs.
    Move {
        /// Change a draft.
        Update = "UPDATE",
        /// No. 18.
        Delete = "DELETE",
        /// Nos. 2-4.
        Send = "SEND",
        /// No. 3, by the clock.
        Release = "RELEASE",
        /// Nos. 5, 6.
        Redirect = "REDIRECT",
        /// No. 7, by configuration.
        RedirectAutomatically = "REDIRECT_AUTOMATICALLY",
        /// Nos. 8, 9, 12.
        AcceptAtDestination = "ACCEPT_AT_DESTINATION",
        /// Nos. 8, 9.
        DeclineAtDestination = "DECLINE_AT_DESTINATION",
        /// Nos. 9-11, 13, 14.
        AcceptForAgency = "ACCEPT_FOR_AGENCY",
        /// Nos. 9-11, 14.
        DeclineForAgency = "DECLINE_FOR_AGENCY",
        /// Nos. 15, 16.
        Confirm = "CONFIRM",
        /// No. 17.
        Cancel = "CANCEL",
        /// No. 23.
        Reactivate = "REACTIVATE",
        /// No. 20.
        Postpone = "POSTPONE",
        /// No. 21.
        ChangeDates = "CHANGE_DATES",
        /// No. 22.
        ChangeDestination = "CHANGE_DESTINATION",
        /// Say something.
        Comment = "COMMENT",
    }
}

kernel::coded! {
    /// What a person is offered: moves as buttons.
    Action {
        /// Change the draft.
        Update = "UPDATE",
        /// Delete it.
        Delete = "DELETE",
        /// Send it.
        Send = "SEND",
        /// Redirect it to a destination.
        Redirect = "REDIRECT",
        /// Answer at the destination.
        AnswerAtDestination = "ANSWER_AT_DESTINATION",
        /// Accept or decline for the agency.
        AnswerForAgency = "ANSWER_FOR_AGENCY",
        /// Confirm.
        Confirm = "CONFIRM",
        /// Cancel.
        Cancel = "CANCEL",
        /// Bring a cancelled request back.
        Reactivate = "REACTIVATE",
        /// Postpone.
        Postpone = "POSTPONE",
        /// Change the dates.
        ChangeDates = "CHANGE_DATES",
        /// Change the destination.
        ChangeDestination = "CHANGE_DESTINATION",
        /// Say something.
        Comment = "COMMENT",
    }
}

/// Why a move is refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refused {
    /// Nobody can do it from this state. `from` is what the caller may know of the state.
    #[error("no way from {} to {}", .from.code(), .to.code())]
    InvalidTransition {
        /// The state as the caller sees it.
        from: Status,
        /// The state that the move leads to; the same for changes that keep the state.
        to: Status,
    },
    /// Somebody else can, in this state.
    #[error("this role may not, in this state")]
    RoleNotAllowed,
    /// Only what nobody has acted on is deleted; cancel it instead.
    #[error("the receiving side has acted on it already")]
    AlreadyActedOn,
    /// A coordinator confirms only what was entered for a school that is not a user.
    #[error("only the school confirms its own request")]
    NotQuickEntry,
    /// The last day has come.
    #[error("the placement is over")]
    PlacementOver,
    /// The release date has not come.
    #[error("the release date lies ahead")]
    NotYetDue,
    /// The new values are wrong in this state.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

impl Problem for Refused {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::RoleNotAllowed => ErrorKind::Forbidden,
            Self::Invalid(cause) => cause.kind(),
            _ => ErrorKind::Precondition,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::InvalidTransition { .. } => "INVALID_TRANSITION",
            Self::RoleNotAllowed => "ROLE_NOT_ALLOWED",
            Self::AlreadyActedOn => "ALREADY_ACTED_ON",
            Self::NotQuickEntry => "NOT_QUICK_ENTRY",
            Self::PlacementOver => "PLACEMENT_OVER",
            Self::NotYetDue => "NOT_YET_DUE",
            Self::Invalid(cause) => cause.reason(),
        }
    }

    fn fields(&self) -> Vec<FieldViolation> {
        if let Self::Invalid(cause) = self { cause.fields() } else { Vec::new() }
    }

    fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::InvalidTransition { from, to } => {
                vec![("from", from.code().to_owned()), ("to", to.code().to_owned())]
            }
            _ => Vec::new(),
        }
    }
}

/// A move that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    /// Whether it is done for somebody who is not a user (nos. 9, 14, 16).
    pub on_behalf: bool,
}

impl PlacementRequest {
    /// Whether `by` may make this move now.
    ///
    /// # Errors
    /// Why not, in words that give nothing away that `by` may not see.
    pub fn guard(&self, step: Move, by: Role, today: Date) -> Result<Permit, Refused> {
        let from = self.status();
        if !admits(step, from, by) {
            return Err(self.refusal(step, by));
        }
        match step {
            Move::Delete if self.acted_on => Err(Refused::AlreadyActedOn),
            // What never left the school is deleted, not cancelled; what came back to "sent" was under way once.
            Move::Cancel if !self.acted_on && matches!(from, Status::Sent | Status::SentOffline) => {
                Err(self.refusal(step, by))
            }
            Move::Send if by == Role::ReceivingCoordinator && self.origin != Origin::ReceivingAgency => {
                Err(Refused::NotQuickEntry)
            }
            Move::Confirm if by == Role::ReceivingCoordinator && self.origin != Origin::ReceivingAgency => {
                Err(Refused::NotQuickEntry)
            }
            Move::Reactivate if today >= self.content.dates.end() => Err(Refused::PlacementOver),
            Move::Release if self.state.release_on().is_some_and(|day| day > today) => Err(Refused::NotYetDue),
            _ => Ok(Permit { on_behalf: is_on_behalf(step, from, by) }),
        }
    }

    /// What `by` may do now.
    #[must_use]
    pub fn actions(&self, by: Role, today: Date) -> Vec<Action> {
        let allowed = Move::ALL.iter().filter(|step| self.guard(**step, by, today).is_ok());
        let mut actions: Vec<Action> = allowed.filter_map(|step| step.action()).collect();
        actions.dedup();
        actions
    }

    fn refusal(&self, step: Move, by: Role) -> Refused {
        let from = self.status();
        // Of a state that looks like another one to the caller, only what holds for the other may be said.
        let seen = view::shown(self, by).unwrap_or(from);
        if Role::ALL.iter().any(|other| admits(step, seen, *other)) && !admits(step, seen, by) {
            return Refused::RoleNotAllowed;
        }
        Refused::InvalidTransition { from: seen, to: step.target(seen) }
    }
}

impl Move {
    /// The button for it; the system has none.
    #[must_use]
    pub const fn action(self) -> Option<Action> {
        Some(match self {
            Self::Update => Action::Update,
            Self::Delete => Action::Delete,
            Self::Send => Action::Send,
            Self::Redirect => Action::Redirect,
            Self::AcceptAtDestination | Self::DeclineAtDestination => Action::AnswerAtDestination,
            Self::AcceptForAgency | Self::DeclineForAgency => Action::AnswerForAgency,
            Self::Confirm => Action::Confirm,
            Self::Cancel => Action::Cancel,
            Self::Reactivate => Action::Reactivate,
            Self::Postpone => Action::Postpone,
            Self::ChangeDates => Action::ChangeDates,
            Self::ChangeDestination => Action::ChangeDestination,
            Self::Comment => Action::Comment,
            Self::Release | Self::RedirectAutomatically => return None,
        })
    }

    /// Where the move leads at first; changes lead nowhere.
    #[must_use]
    pub const fn target(self, from: Status) -> Status {
        match self {
            Self::Delete => Status::Deleted,
            Self::Send | Self::Release | Self::Reactivate | Self::Postpone => Status::Sent,
            Self::Redirect => Status::Redirected,
            Self::RedirectAutomatically => Status::RedirectedAutomatically,
            Self::AcceptAtDestination => Status::AcceptedByDestination,
            Self::DeclineAtDestination => Status::DeclinedByDestination,
            Self::AcceptForAgency => Status::Accepted,
            Self::DeclineForAgency => Status::Declined,
            Self::Confirm => Status::Confirmed,
            Self::Cancel => Status::Cancelled,
            Self::Update | Self::ChangeDates | Self::ChangeDestination | Self::Comment => from,
        }
    }
}

/// The table. What it admits may still be refused for dates, origin or earlier acts.
///
/// A destination coordinator may answer a request that went out by mail: a back-up with an account, or the agent whose
/// account has become active since; the mailed link is that same answer.
fn admits(step: Move, from: Status, by: Role) -> bool {
    use Role::{DestinationCoordinator as DC, PlacingCoordinator as PC, ReceivingCoordinator as RC, System as Clock};
    use Status as S;
    match step {
        Move::Update => from == S::Draft && by == PC,
        Move::Send => from == S::Draft && matches!(by, PC | RC),
        Move::Delete => matches!(from, S::Draft | S::Held | S::Sent | S::SentOffline) && by == PC,
        Move::Release => from == S::Held && by == Clock,
        Move::Redirect => from == S::Sent && by == RC,
        Move::RedirectAutomatically => from == S::Sent && by == Clock,
        Move::AcceptAtDestination => match from {
            S::Redirected | S::RedirectedAutomatically | S::DeclinedByDestination => by == DC,
            S::RedirectedOffline => matches!(by, DC | RC),
            _ => false,
        },
        Move::DeclineAtDestination => match from {
            S::Redirected | S::RedirectedAutomatically => by == DC,
            S::RedirectedOffline => matches!(by, DC | RC),
            _ => false,
        },
        Move::AcceptForAgency => match from {
            S::Sent
            | S::Redirected
            | S::RedirectedOffline
            | S::AcceptedByDestination
            | S::DeclinedByDestination
            | S::Declined => by == RC,
            S::SentOffline => by == PC,
            _ => false,
        },
        Move::DeclineForAgency => match from {
            S::Sent | S::Redirected | S::RedirectedOffline | S::DeclinedByDestination => by == RC,
            S::SentOffline => by == PC,
            _ => false,
        },
        Move::Confirm => from == S::Accepted && matches!(by, PC | RC),
        Move::Cancel => match from {
            S::SentOffline => by == PC,
            S::Sent | S::AcceptedByDestination | S::DeclinedByDestination | S::Accepted | S::Confirmed => {
                matches!(by, PC | RC)
            }
            _ => from.is_at_destination() && matches!(by, PC | RC),
        },
        Move::Reactivate => from == S::Cancelled && matches!(by, PC | RC),
        Move::Postpone => matches!(from, S::Accepted | S::Confirmed) && by == PC,
        Move::ChangeDates => match from {
            S::Held | S::SentOffline => by == PC,
            _ => from != S::Draft && from.is_open() && matches!(by, PC | RC),
        },
        Move::ChangeDestination => match from {
            S::Sent => by == RC,
            S::Draft | S::Held | S::SentOffline => false,
            _ => from.is_open() && matches!(by, RC | DC),
        },
        Move::Comment => match from {
            S::Draft | S::Held | S::Deleted => false,
            _ => matches!(by, PC | RC | DC) && view::seen(from, by).is_some(),
        },
    }
}

fn is_on_behalf(step: Move, from: Status, by: Role) -> bool {
    match (step.action(), by) {
        (Some(Action::AnswerAtDestination | Action::AnswerForAgency), Role::ReceivingCoordinator) => {
            from == Status::RedirectedOffline
        }
        (Some(Action::AnswerForAgency), Role::PlacingCoordinator) => true,
        (Some(Action::Confirm | Action::Send), Role::ReceivingCoordinator) => true,
        _ => false,
    }
}
