//! What can be done with a request: the table of domain §7.4, and the only place that knows it. The guard, the list of what a
//! person is offered, the check of the reason, the history and what each side reads of it are made from it.

use super::{
    ActedOn, Audience, Decision, EntryKind, ReasonNeed, ReasonUse, Role, Status,
    declaration::{Admitted, Declaration},
};

use EntryKind as E;
use Role::{DestinationCoordinator as DC, PlacingCoordinator as PC, ReceivingCoordinator as RC, System as CLOCK};
use Status as S;

/// Declares the actions: code, button, where to, reason, what is left in the history for whom, whether the receiving side acted,
/// who from where, who from where for somebody else.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal {
        offered: $offered:expr, to: $to:expr, reason: $reason:expr,
        leaves: $leaves:expr, audience: $audience:expr, acted_on: $acted_on:expr,
        admits: [$($from:expr => $roles:expr),* $(,)?],
        on_behalf: [$($behalf_from:expr => $behalf_roles:expr),* $(,)?] $(,)?
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
                        leaves: &$leaves,
                        audience: $audience,
                        acted_on: $acted_on,
                        on_behalf: &[$((&$behalf_from, &$behalf_roles)),*],
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
        leaves: [E::Updated], audience: Audience::All,
        acted_on: ActedOn::Never,
        admits: [[S::Draft] => [PC]],
        on_behalf: [],
    }
    /// No. 18.
    Delete = "DELETE" {
        offered: Some("DELETE"), to: Some(S::Deleted), reason: ReasonNeed::None,
        leaves: [E::Deleted], audience: Audience::All,
        acted_on: ActedOn::Never,
        admits: [[S::Draft, S::Held, S::Sent, S::SentOffline] => [PC]],
        on_behalf: [],
    }
    /// Nos. 2-4.
    Send = "SEND" {
        offered: Some("SEND"), to: Some(S::Sent), reason: ReasonNeed::None,
        leaves: [E::Held, E::Sent, E::SentOffline], audience: Audience::All,
        acted_on: ActedOn::Never,
        admits: [[S::Draft] => [PC, RC]],
        on_behalf: [[S::Draft] => [RC]],
    }
    /// No. 3, by the clock.
    Release = "RELEASE" {
        offered: None, to: Some(S::Sent), reason: ReasonNeed::None,
        leaves: [E::Sent, E::SentOffline], audience: Audience::All,
        acted_on: ActedOn::Never,
        admits: [[S::Held] => [CLOCK]],
        on_behalf: [],
    }
    /// Nos. 5, 6.
    Redirect = "REDIRECT" {
        offered: Some("REDIRECT"), to: Some(S::Redirected), reason: ReasonNeed::None,
        leaves: [E::Redirected, E::RedirectedOffline], audience: Audience::AllButWords,
        acted_on: ActedOn::Always,
        admits: [[S::Sent] => [RC]],
        on_behalf: [],
    }
    /// No. 7, by configuration.
    RedirectAutomatically = "REDIRECT_AUTOMATICALLY" {
        offered: None, to: Some(S::RedirectedAutomatically), reason: ReasonNeed::None,
        leaves: [E::RedirectedAutomatically], audience: Audience::All,
        acted_on: ActedOn::Always,
        admits: [[S::Sent] => [CLOCK]],
        on_behalf: [],
    }
    /// Nos. 8, 9, 12. A destination coordinator may answer a request that went out by mail: a back-up with an account, or the
    /// agent whose account has become active since; the mailed link is that same answer.
    AcceptAtDestination = "ACCEPT_AT_DESTINATION" {
        offered: Some("ANSWER_AT_DESTINATION"), to: Some(S::AcceptedByDestination),
        reason: ReasonNeed::Optional(ReasonUse::Accept),
        leaves: [E::AcceptedByDestination], audience: Audience::ReceivingSide,
        acted_on: ActedOn::Always,
        admits: [
            [S::Redirected, S::RedirectedAutomatically, S::DeclinedByDestination] => [DC],
            [S::RedirectedOffline] => [DC, RC],
        ],
        on_behalf: [[S::RedirectedOffline] => [RC]],
    }
    /// Nos. 8, 9.
    DeclineAtDestination = "DECLINE_AT_DESTINATION" {
        offered: Some("ANSWER_AT_DESTINATION"), to: Some(S::DeclinedByDestination),
        reason: ReasonNeed::Required(ReasonUse::Decline),
        leaves: [E::DeclinedByDestination], audience: Audience::ReceivingSide,
        acted_on: ActedOn::Always,
        admits: [
            [S::Redirected, S::RedirectedAutomatically] => [DC],
            [S::RedirectedOffline] => [DC, RC],
        ],
        on_behalf: [[S::RedirectedOffline] => [RC]],
    }
    /// Nos. 9-11, 13, 14.
    AcceptForAgency = "ACCEPT_FOR_AGENCY" {
        offered: Some("ANSWER_FOR_AGENCY"), to: Some(S::Accepted), reason: ReasonNeed::Optional(ReasonUse::Accept),
        leaves: [E::Accepted], audience: Audience::All,
        acted_on: ActedOn::Always,
        admits: [
            [S::Sent, S::Redirected, S::RedirectedOffline, S::AcceptedByDestination, S::DeclinedByDestination,
             S::Declined] => [RC],
            [S::SentOffline] => [PC],
        ],
        on_behalf: [[S::RedirectedOffline] => [RC], [S::SentOffline] => [PC]],
    }
    /// Nos. 9-11, 14.
    DeclineForAgency = "DECLINE_FOR_AGENCY" {
        offered: Some("ANSWER_FOR_AGENCY"), to: Some(S::Declined), reason: ReasonNeed::Required(ReasonUse::Decline),
        leaves: [E::Declined], audience: Audience::All,
        acted_on: ActedOn::Always,
        admits: [
            [S::Sent, S::Redirected, S::RedirectedOffline, S::DeclinedByDestination] => [RC],
            [S::SentOffline] => [PC],
        ],
        on_behalf: [[S::RedirectedOffline] => [RC], [S::SentOffline] => [PC]],
    }
    /// Nos. 15, 16.
    Confirm = "CONFIRM" {
        offered: Some("CONFIRM"), to: Some(S::Confirmed), reason: ReasonNeed::None,
        leaves: [E::Confirmed], audience: Audience::All,
        acted_on: ActedOn::Never,
        admits: [[S::Accepted] => [PC, RC]],
        on_behalf: [[S::Accepted] => [RC]],
    }
    /// No. 17.
    Cancel = "CANCEL" {
        offered: Some("CANCEL"), to: Some(S::Cancelled), reason: ReasonNeed::Required(ReasonUse::Cancel),
        leaves: [E::Cancelled], audience: Audience::All,
        acted_on: ActedOn::Never,
        admits: [
            [S::SentOffline] => [PC],
            [S::Sent, S::AcceptedByDestination, S::DeclinedByDestination, S::Accepted, S::Confirmed] => [PC, RC],
            AT_DESTINATION => [PC, RC],
        ],
        on_behalf: [],
    }
    /// No. 23.
    Reactivate = "REACTIVATE" {
        offered: Some("REACTIVATE"), to: Some(S::Sent), reason: ReasonNeed::None,
        leaves: [E::Reactivated], audience: Audience::All,
        acted_on: ActedOn::Never,
        admits: [[S::Cancelled] => [PC, RC]],
        on_behalf: [],
    }
    /// No. 20.
    Postpone = "POSTPONE" {
        offered: Some("POSTPONE"), to: Some(S::Sent), reason: ReasonNeed::None,
        leaves: [E::Postponed], audience: Audience::All,
        acted_on: ActedOn::Never,
        admits: [[S::Accepted, S::Confirmed] => [PC]],
        on_behalf: [],
    }
    /// No. 21. Shortening what was agreed takes a reason; whether it does is the transition's to say.
    ChangeDates = "CHANGE_DATES" {
        offered: Some("CHANGE_DATES"), to: None, reason: ReasonNeed::Optional(ReasonUse::Cancel),
        leaves: [E::DatesChanged], audience: Audience::All,
        acted_on: ActedOn::UnlessBySchool,
        admits: [
            [S::Held, S::SentOffline] => [PC],
            [S::Sent, S::AcceptedByDestination, S::DeclinedByDestination, S::Accepted, S::Confirmed] => [PC, RC],
            AT_DESTINATION => [PC, RC],
        ],
        on_behalf: [],
    }
    /// No. 22.
    ChangeDestination = "CHANGE_DESTINATION" {
        offered: Some("CHANGE_DESTINATION"), to: None, reason: ReasonNeed::None,
        leaves: [E::DestinationChanged], audience: Audience::All,
        acted_on: ActedOn::Always,
        admits: [
            [S::Sent] => [RC],
            [S::AcceptedByDestination, S::DeclinedByDestination, S::Accepted, S::Confirmed] => [RC, DC],
            AT_DESTINATION => [RC, DC],
        ],
        on_behalf: [],
    }
    /// Say something: whoever sees it, once it was sent.
    Comment = "COMMENT" {
        offered: Some("COMMENT"), to: None, reason: ReasonNeed::None,
        leaves: [E::Commented], audience: Audience::All,
        acted_on: ActedOn::UnlessBySchool,
        admits: [
            [S::SentOffline] => [PC],
            [S::Sent] => [PC, RC],
            [S::AcceptedByDestination, S::DeclinedByDestination, S::Accepted, S::Declined, S::Confirmed, S::Cancelled]
                => [PC, RC, DC],
            AT_DESTINATION => [PC, RC, DC],
        ],
        on_behalf: [],
    }
}

impl Action {
    /// Where it leads at first, from a state; changes lead nowhere.
    #[must_use]
    pub fn target(self, from: Status) -> Status {
        self.declaration().to.unwrap_or(from)
    }

    /// What it leaves in the history when it has led to a state.
    #[must_use]
    pub fn entry(self, to: Status) -> EntryKind {
        match self.declaration().leaves {
            [only] => *only,
            _ => EntryKind::of_state(to),
        }
    }

    /// Whether a role may do it from a state.
    #[must_use]
    pub fn admits(self, from: Status, by: Role) -> bool {
        holds(self.declaration().admits, from, by)
    }

    /// Whether it is done for somebody who is not a user (nos. 9, 14, 16).
    #[must_use]
    pub fn is_on_behalf(self, from: Status, by: Role) -> bool {
        holds(self.declaration().on_behalf, from, by)
    }

    /// Whether the receiving side has acted on the request when a role has done it.
    #[must_use]
    pub fn is_acted_on(self, by: Role) -> bool {
        match self.declaration().acted_on {
            ActedOn::Never => false,
            ActedOn::Always => true,
            ActedOn::UnlessBySchool => by != Role::PlacingCoordinator,
        }
    }
}

fn holds(admitted: Admitted, from: Status, by: Role) -> bool {
    admitted.iter().any(|(states, roles)| states.contains(&from) && roles.contains(&by))
}

impl EntryKind {
    /// Who reads of it.
    #[must_use]
    pub fn audience(self) -> Audience {
        let mut declarations = Action::ALL.iter().map(|action| action.declaration());
        declarations.find(|action| action.leaves.contains(&self)).map_or(Audience::All, |action| action.audience)
    }
}

impl Decision {
    /// The action that it is at a unit.
    #[must_use]
    pub const fn at_destination(&self) -> Action {
        if matches!(self, Self::Accept(_)) { Action::AcceptAtDestination } else { Action::DeclineAtDestination }
    }

    /// The action that it is for the agency.
    #[must_use]
    pub const fn for_agency(&self) -> Action {
        if matches!(self, Self::Accept(_)) { Action::AcceptForAgency } else { Action::DeclineForAgency }
    }
}
