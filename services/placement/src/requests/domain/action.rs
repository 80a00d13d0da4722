//! What can be done with a request: the table of domain §7.4, and the only place that knows it. Transitions ask it before they
//! change anything, and the list of what a person is offered is made from it. What each action leaves in the history, and the
//! event that tells of it, is `EntryKind`'s.

use jiff::civil::Date;
use kernel::{ErrorKind, FieldViolation, Invalid, Problem};

use super::{Origin, PlacementRequest, ReasonUse, Role, Status, view};

use Role::{DestinationCoordinator as DC, PlacingCoordinator as PC, ReceivingCoordinator as RC, System as CLOCK};
use Status as S;

/// One action, declared.
#[derive(Debug)]
pub struct Declaration {
    /// What people are offered, by its name in the contract; the clock and configuration are offered nothing.
    pub offered_as: Option<&'static str>,
    /// Who may, from which states. What is admitted here may still be refused for dates, origin or what was done before.
    pub admits: &'static [(&'static [Status], &'static [Role])],
    /// The state that it leads to at first; none where the state stays.
    pub to: Option<Status>,
    /// The coded reason that goes with it.
    pub reason: ReasonNeed,
}

/// Whether a coded reason (domain §8) goes with an action, and what it must be meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonNeed {
    /// None is asked for.
    None,
    /// It may be given.
    Optional(ReasonUse),
    /// It must be given.
    Required(ReasonUse),
}

/// Declares the actions: code, button, who from where, where to, reason.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal {
        offered: $offered:expr, to: $to:expr, reason: $reason:expr,
        admits: [$($from:expr => $roles:expr),* $(,)?] $(,)?
    })*) => {
        kernel::coded! {
            /// What somebody may try. A yes and a no are actions of their own, since the table differs.
            Action { $($(#[$doc])* $name = $code),* }
        }

        impl Action {
            /// All that is known of it.
            #[must_use]
            pub const fn declaration(self) -> &'static Declaration {
                match self {
                    $(Self::$name => &Declaration {
                        offered_as: $offered,
                        admits: &[$((&$from, &$roles)),*],
                        to: $to,
                        reason: $reason,
                    }),*
                }
            }
        }
    };
}

/// The states that wait for a unit.
const AT_DESTINATION: [Status; 3] = [S::Redirected, S::RedirectedOffline, S::RedirectedAutomatically];

actions! {
    /// Change a draft.
    Update = "UPDATE" {
        offered: Some("UPDATE"), to: None, reason: ReasonNeed::None,
        admits: [[S::Draft] => [PC]],
    }
    /// No. 18.
    Delete = "DELETE" {
        offered: Some("DELETE"), to: Some(S::Deleted), reason: ReasonNeed::None,
        admits: [[S::Draft, S::Held, S::Sent, S::SentOffline] => [PC]],
    }
    /// Nos. 2-4.
    Send = "SEND" {
        offered: Some("SEND"), to: Some(S::Sent), reason: ReasonNeed::None,
        admits: [[S::Draft] => [PC, RC]],
    }
    /// No. 3, by the clock.
    Release = "RELEASE" {
        offered: None, to: Some(S::Sent), reason: ReasonNeed::None,
        admits: [[S::Held] => [CLOCK]],
    }
    /// Nos. 5, 6.
    Redirect = "REDIRECT" {
        offered: Some("REDIRECT"), to: Some(S::Redirected), reason: ReasonNeed::None,
        admits: [[S::Sent] => [RC]],
    }
    /// No. 7, by configuration.
    RedirectAutomatically = "REDIRECT_AUTOMATICALLY" {
        offered: None, to: Some(S::RedirectedAutomatically), reason: ReasonNeed::None,
        admits: [[S::Sent] => [CLOCK]],
    }
    /// Nos. 8, 9, 12. A destination coordinator may answer a request that went out by mail: a back-up with an account, or the
    /// agent whose account has become active since; the mailed link is that same answer.
    AcceptAtDestination = "ACCEPT_AT_DESTINATION" {
        offered: Some("ANSWER_AT_DESTINATION"), to: Some(S::AcceptedByDestination),
        reason: ReasonNeed::Optional(ReasonUse::Accept),
        admits: [
            [S::Redirected, S::RedirectedAutomatically, S::DeclinedByDestination] => [DC],
            [S::RedirectedOffline] => [DC, RC],
        ],
    }
    /// Nos. 8, 9.
    DeclineAtDestination = "DECLINE_AT_DESTINATION" {
        offered: Some("ANSWER_AT_DESTINATION"), to: Some(S::DeclinedByDestination),
        reason: ReasonNeed::Required(ReasonUse::Decline),
        admits: [
            [S::Redirected, S::RedirectedAutomatically] => [DC],
            [S::RedirectedOffline] => [DC, RC],
        ],
    }
    /// Nos. 9-11, 13, 14.
    AcceptForAgency = "ACCEPT_FOR_AGENCY" {
        offered: Some("ANSWER_FOR_AGENCY"), to: Some(S::Accepted), reason: ReasonNeed::Optional(ReasonUse::Accept),
        admits: [
            [S::Sent, S::Redirected, S::RedirectedOffline, S::AcceptedByDestination, S::DeclinedByDestination,
             S::Declined] => [RC],
            [S::SentOffline] => [PC],
        ],
    }
    /// Nos. 9-11, 14.
    DeclineForAgency = "DECLINE_FOR_AGENCY" {
        offered: Some("ANSWER_FOR_AGENCY"), to: Some(S::Declined), reason: ReasonNeed::Required(ReasonUse::Decline),
        admits: [
            [S::Sent, S::Redirected, S::RedirectedOffline, S::DeclinedByDestination] => [RC],
            [S::SentOffline] => [PC],
        ],
    }
    /// Nos. 15, 16.
    Confirm = "CONFIRM" {
        offered: Some("CONFIRM"), to: Some(S::Confirmed), reason: ReasonNeed::None,
        admits: [[S::Accepted] => [PC, RC]],
    }
    /// No. 17.
    Cancel = "CANCEL" {
        offered: Some("CANCEL"), to: Some(S::Cancelled), reason: ReasonNeed::Required(ReasonUse::Cancel),
        admits: [
            [S::SentOffline] => [PC],
            [S::Sent, S::AcceptedByDestination, S::DeclinedByDestination, S::Accepted, S::Confirmed] => [PC, RC],
            AT_DESTINATION => [PC, RC],
        ],
    }
    /// No. 23.
    Reactivate = "REACTIVATE" {
        offered: Some("REACTIVATE"), to: Some(S::Sent), reason: ReasonNeed::None,
        admits: [[S::Cancelled] => [PC, RC]],
    }
    /// No. 20.
    Postpone = "POSTPONE" {
        offered: Some("POSTPONE"), to: Some(S::Sent), reason: ReasonNeed::None,
        admits: [[S::Accepted, S::Confirmed] => [PC]],
    }
    /// No. 21.
    ChangeDates = "CHANGE_DATES" {
        offered: Some("CHANGE_DATES"), to: None, reason: ReasonNeed::None,
        admits: [
            [S::Held, S::SentOffline] => [PC],
            [S::Sent, S::AcceptedByDestination, S::DeclinedByDestination, S::Accepted, S::Confirmed] => [PC, RC],
            AT_DESTINATION => [PC, RC],
        ],
    }
    /// No. 22.
    ChangeDestination = "CHANGE_DESTINATION" {
        offered: Some("CHANGE_DESTINATION"), to: None, reason: ReasonNeed::None,
        admits: [
            [S::Sent] => [RC],
            [S::AcceptedByDestination, S::DeclinedByDestination, S::Accepted, S::Confirmed] => [RC, DC],
            AT_DESTINATION => [RC, DC],
        ],
    }
    /// Say something: whoever sees it, once it was sent.
    Comment = "COMMENT" {
        offered: Some("COMMENT"), to: None, reason: ReasonNeed::None,
        admits: [
            [S::SentOffline] => [PC],
            [S::Sent] => [PC, RC],
            [S::AcceptedByDestination, S::DeclinedByDestination, S::Accepted, S::Declined, S::Confirmed, S::Cancelled]
                => [PC, RC, DC],
            AT_DESTINATION => [PC, RC, DC],
        ],
    }
}

/// Why an action is refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refused {
    /// Nobody can do it from this state. `from` is what the caller may know of the state.
    #[error("no way from {} to {}", .from.code(), .to.code())]
    InvalidTransition {
        /// The state as the caller sees it.
        from: Status,
        /// The state that the action leads to; the same for changes that keep the state.
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

/// An action that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    /// Whether it is done for somebody who is not a user (nos. 9, 14, 16).
    pub on_behalf: bool,
}

impl PlacementRequest {
    /// Whether `by` may do this now.
    ///
    /// # Errors
    /// Why not, in words that give nothing away that `by` may not see.
    pub fn guard(&self, action: Action, by: Role, today: Date) -> Result<Permit, Refused> {
        let from = self.status();
        if !action.admits(from, by) {
            return Err(self.refusal(action, by));
        }
        match action {
            Action::Delete if self.acted_on => Err(Refused::AlreadyActedOn),
            // What never left the school is deleted, not cancelled; what came back to "sent" was under way once.
            Action::Cancel if !self.acted_on && matches!(from, Status::Sent | Status::SentOffline) => {
                Err(self.refusal(action, by))
            }
            Action::Send if by == Role::ReceivingCoordinator && self.origin != Origin::ReceivingAgency => {
                Err(Refused::NotQuickEntry)
            }
            Action::Confirm if by == Role::ReceivingCoordinator && self.origin != Origin::ReceivingAgency => {
                Err(Refused::NotQuickEntry)
            }
            Action::Reactivate if today >= self.content.dates.end() => Err(Refused::PlacementOver),
            Action::Release if self.state.release_on().is_some_and(|day| day > today) => Err(Refused::NotYetDue),
            _ => Ok(Permit { on_behalf: action.is_on_behalf(from, by) }),
        }
    }

    /// What `by` is offered now, by the contract's names.
    #[must_use]
    pub fn actions(&self, by: Role, today: Date) -> Vec<&'static str> {
        let allowed = Action::ALL.iter().filter(|action| self.guard(**action, by, today).is_ok());
        let mut offered: Vec<_> = allowed.filter_map(|action| action.declaration().offered_as).collect();
        offered.dedup();
        offered
    }

    fn refusal(&self, action: Action, by: Role) -> Refused {
        let from = self.status();
        // Of a state that looks like another one to the caller, only what holds for the other may be said.
        let seen = view::shown(self, by).unwrap_or(from);
        if Role::ALL.iter().any(|other| action.admits(seen, *other)) && !action.admits(seen, by) {
            return Refused::RoleNotAllowed;
        }
        Refused::InvalidTransition { from: seen, to: action.target(seen) }
    }
}

impl Action {
    /// Where it leads at first, from a state; changes lead nowhere.
    #[must_use]
    pub fn target(self, from: Status) -> Status {
        self.declaration().to.unwrap_or(from)
    }

    fn admits(self, from: Status, by: Role) -> bool {
        self.declaration().admits.iter().any(|(states, roles)| states.contains(&from) && roles.contains(&by))
    }

    /// Whether it is done for somebody who is not a user (nos. 9, 14, 16).
    fn is_on_behalf(self, from: Status, by: Role) -> bool {
        match (self, by) {
            (
                Self::AcceptAtDestination | Self::DeclineAtDestination | Self::AcceptForAgency | Self::DeclineForAgency,
                Role::ReceivingCoordinator,
            ) => from == Status::RedirectedOffline,
            (Self::AcceptForAgency | Self::DeclineForAgency, Role::PlacingCoordinator)
            | (Self::Confirm | Self::Send, Role::ReceivingCoordinator) => true,
            _ => false,
        }
    }
}
