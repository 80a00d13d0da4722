//! Who may do what now, and in which words the rest is refused.

use jiff::civil::Date;
use kernel::{ErrorKind, FieldViolation, Invalid, Problem};

use super::{Action, Origin, PlacementRequest, Role, Status, shown};

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

    /// Whether somebody in this role on the receiving side may say yes to it now.
    #[must_use]
    pub fn may_be_accepted_by(&self, role: Role, today: Date) -> bool {
        let accepts = [Action::AcceptAtDestination, Action::AcceptForAgency];
        role != Role::PlacingCoordinator && accepts.iter().any(|action| self.guard(*action, role, today).is_ok())
    }

    fn refusal(&self, action: Action, by: Role) -> Refused {
        let from = self.status();
        // Of a state that looks like another one to the caller, only what holds for the other may be said.
        let seen = shown::status(self, by).unwrap_or(from);
        if Role::ALL.iter().any(|other| action.admits(seen, *other)) && !action.admits(seen, by) {
            return Refused::RoleNotAllowed;
        }
        Refused::InvalidTransition { from: seen, to: action.target(seen) }
    }
}
