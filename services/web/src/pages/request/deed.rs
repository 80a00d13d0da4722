//! What somebody may do with a request, one decision each: an answer is two of them, yes and no.

use proto::{
    configuration::v1::ReasonUse,
    identity::v1::Role,
    placement::v1::{Action, PlacementRequest, State},
};

/// One decision. Their order is that of the page: what moves the request on, what changes it, what ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Send,
    Redirect,
    AcceptAtDestination,
    DeclineAtDestination,
    AcceptForAgency,
    DeclineForAgency,
    Confirm,
    Reactivate,
    Postpone,
    ChangeDates,
    ChangeDestination,
    Comment,
    Cancel,
    Delete,
}

impl Deed {
    pub(super) const ALL: [Self; 14] = [
        Self::Send,
        Self::Redirect,
        Self::AcceptAtDestination,
        Self::DeclineAtDestination,
        Self::AcceptForAgency,
        Self::DeclineForAgency,
        Self::Confirm,
        Self::Reactivate,
        Self::Postpone,
        Self::ChangeDates,
        Self::ChangeDestination,
        Self::Comment,
        Self::Cancel,
        Self::Delete,
    ];

    /// Those that a request offers, in the order of the page.
    pub(super) fn offered(request: &PlacementRequest) -> Vec<Self> {
        let state = request.state();
        let actions: Vec<_> = request.actions().collect();
        Self::ALL.into_iter().filter(|deed| actions.contains(&deed.action()) && deed.leads_on_from(state)).collect()
    }

    /// An answer is offered as a whole, though a state may know only its yes (domain §7.4 no. 10, 12, 13).
    fn leads_on_from(self, state: State) -> bool {
        match self {
            Self::DeclineAtDestination => state != State::DeclinedByDestination,
            Self::DeclineForAgency => !matches!(state, State::AcceptedByDestination | State::Declined),
            _ => true,
        }
    }

    /// The action of the contracts behind it.
    pub(super) const fn action(self) -> Action {
        match self {
            Self::Send => Action::Send,
            Self::Redirect => Action::Redirect,
            Self::AcceptAtDestination | Self::DeclineAtDestination => Action::AnswerAtDestination,
            Self::AcceptForAgency | Self::DeclineForAgency => Action::AnswerForAgency,
            Self::Confirm => Action::Confirm,
            Self::Reactivate => Action::Reactivate,
            Self::Postpone => Action::Postpone,
            Self::ChangeDates => Action::ChangeDates,
            Self::ChangeDestination => Action::ChangeDestination,
            Self::Comment => Action::Comment,
            Self::Cancel => Action::Cancel,
            Self::Delete => Action::Delete,
        }
    }

    /// The last part of the address that its form is sent to: the verb that the gateway's REST addresses have.
    pub(super) const fn verb(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Redirect => "redirect",
            Self::AcceptAtDestination | Self::DeclineAtDestination => "answer-at-destination",
            Self::AcceptForAgency | Self::DeclineForAgency => "answer-for-agency",
            Self::Confirm => "confirm",
            Self::Reactivate => "reactivate",
            Self::Postpone => "postpone",
            Self::ChangeDates => "change-dates",
            Self::ChangeDestination => "change-destination",
            Self::Comment => "comments",
            Self::Cancel => "cancel",
            Self::Delete => "delete",
        }
    }

    /// What the form says beside its verb.
    pub(super) const fn answer(self) -> &'static str {
        match self {
            Self::AcceptAtDestination | Self::AcceptForAgency => "accept",
            Self::DeclineAtDestination | Self::DeclineForAgency => "decline",
            _ => "",
        }
    }

    /// Its name in addresses (`?action=`) and ids of the page.
    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::AcceptAtDestination => "accept-at-destination",
            Self::DeclineAtDestination => "decline-at-destination",
            Self::AcceptForAgency => "accept-for-agency",
            Self::DeclineForAgency => "decline-for-agency",
            Self::Comment => "comment",
            other => other.verb(),
        }
    }

    /// Of a form.
    pub(super) fn posted(verb: &str, answer: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.verb() == verb && deed.answer() == answer)
    }

    /// Of a link; a verb that is two decisions opens its yes.
    pub(super) fn linked(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.slug() == name || deed.verb() == name)
    }

    /// Which reasons it takes.
    pub(super) const fn reason(self) -> Option<ReasonUse> {
        match self {
            Self::AcceptAtDestination | Self::AcceptForAgency => Some(ReasonUse::Accept),
            Self::DeclineAtDestination | Self::DeclineForAgency => Some(ReasonUse::Decline),
            Self::Cancel => Some(ReasonUse::Cancel),
            _ => None,
        }
    }

    /// Whether it does nothing without a reason (domain §8).
    pub(super) fn needs_reason(self) -> bool {
        self.reason().is_some_and(|used_for| used_for != ReasonUse::Accept)
    }

    /// Whether it takes words.
    pub(super) const fn has_comment(self) -> bool {
        !matches!(self, Self::Send | Self::Confirm | Self::ChangeDates | Self::ChangeDestination | Self::Delete)
    }

    /// Whether it is nothing without words.
    pub(super) const fn needs_comment(self) -> bool {
        matches!(self, Self::Comment)
    }

    /// Whether it takes dates.
    pub(super) const fn has_dates(self) -> bool {
        matches!(self, Self::Postpone | Self::ChangeDates)
    }

    /// Whether it takes a destination.
    pub(super) const fn has_places(self) -> bool {
        matches!(self, Self::Redirect | Self::ChangeDestination)
    }

    /// Whether it moves the request on; of these the page opens the first.
    pub(super) const fn moves_on(self) -> bool {
        matches!(self, Self::Send | Self::Redirect | Self::AcceptAtDestination | Self::AcceptForAgency | Self::Confirm)
    }

    /// Whether it ends something.
    pub(super) const fn ends(self) -> bool {
        matches!(self, Self::DeclineAtDestination | Self::DeclineForAgency | Self::Cancel | Self::Delete)
    }

    /// What the next page says was done.
    pub(super) const fn done(self) -> &'static str {
        match self {
            Self::Send => "done-request-send",
            Self::Redirect => "done-request-redirect",
            Self::AcceptAtDestination | Self::AcceptForAgency => "done-request-accept",
            Self::DeclineAtDestination | Self::DeclineForAgency => "done-request-decline",
            Self::Confirm => "done-request-confirm",
            Self::Reactivate => "done-request-reactivate",
            Self::Postpone => "done-request-postpone",
            Self::ChangeDates => "done-request-change-dates",
            Self::ChangeDestination => "done-request-change-destination",
            Self::Comment => "done-request-comment",
            Self::Cancel => "done-request-cancel",
            Self::Delete => "done-request-delete",
        }
    }

    /// What it is called and what follows from it, as keys of texts: an answer is called, and follows, from where the request
    /// stands and from who gives it.
    pub(super) fn words(self, state: State, role: Role) -> (&'static str, &'static str) {
        use State::{
            AcceptedByDestination, Declined, DeclinedByDestination, Draft, Redirected, RedirectedAutomatically,
            RedirectedOffline, Sent,
        };
        let at_destination = matches!(state, Redirected | RedirectedOffline | RedirectedAutomatically);
        let school = role == Role::PlacingCoordinator;
        match self {
            Self::Send => ("action-send", "request-then-send"),
            Self::Redirect => ("action-redirect", "request-then-redirect"),
            Self::AcceptAtDestination if role == Role::ReceivingCoordinator => {
                ("request-do-accept-on-behalf", "request-then-accept-on-behalf")
            }
            Self::AcceptAtDestination if state == DeclinedByDestination => {
                ("request-do-accept-after-all", "request-then-accept-after-all")
            }
            Self::AcceptAtDestination => ("request-do-accept", "request-then-accept-at-destination"),
            Self::DeclineAtDestination if role == Role::ReceivingCoordinator => {
                ("request-do-decline-on-behalf", "request-then-decline-on-behalf")
            }
            Self::DeclineAtDestination => ("request-do-decline", "request-then-decline-at-destination"),
            Self::AcceptForAgency if school => ("request-do-accept-offline", "request-then-accept-offline"),
            Self::AcceptForAgency => match state {
                AcceptedByDestination => ("request-do-ratify-acceptance", "request-then-ratify-acceptance"),
                DeclinedByDestination => ("request-do-overrule", "request-then-overrule"),
                Declined => ("request-do-accept-after-all", "request-then-accept-late"),
                _ if at_destination => ("request-do-accept-for-agency", "request-then-accept-without-destination"),
                _ => ("request-do-accept-for-agency", "request-then-accept-directly"),
            },
            Self::DeclineForAgency if school => ("request-do-decline-offline", "request-then-decline-offline"),
            Self::DeclineForAgency => match state {
                DeclinedByDestination => ("request-do-ratify-refusal", "request-then-ratify-refusal"),
                _ if at_destination => ("request-do-decline-for-agency", "request-then-decline-without-destination"),
                _ => ("request-do-decline-for-agency", "request-then-decline-directly"),
            },
            Self::Confirm if school => ("action-confirm", "request-then-confirm"),
            Self::Confirm => ("action-confirm", "request-then-confirm-quick-entry"),
            Self::Reactivate => ("action-reactivate", "request-then-reactivate"),
            Self::Postpone => ("action-postpone", "request-then-postpone"),
            Self::ChangeDates => ("action-change-dates", "request-then-change-dates"),
            Self::ChangeDestination if state == Sent => ("action-change-destination", "request-then-change-wish"),
            Self::ChangeDestination if at_destination => ("action-change-destination", "request-then-ask-another"),
            Self::ChangeDestination => ("action-change-destination", "request-then-move"),
            Self::Comment => ("action-comment", "request-then-comment"),
            Self::Cancel => ("action-cancel", "request-then-cancel"),
            Self::Delete if state == Draft => ("action-delete", "request-then-delete-draft"),
            Self::Delete => ("action-delete", "request-then-delete-sent"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(state: State, actions: &[Action]) -> PlacementRequest {
        let actions = actions.iter().map(|a| (*a).into()).collect();
        PlacementRequest { state: state.into(), actions, ..PlacementRequest::default() }
    }

    #[test]
    fn an_answer_is_two_decisions() {
        let offered = Deed::offered(&request(State::Redirected, &[Action::AnswerAtDestination]));
        assert_eq!(offered, [Deed::AcceptAtDestination, Deed::DeclineAtDestination]);
    }

    #[test]
    fn what_has_been_declined_or_accepted_is_not_declined_again() {
        let agency = [Action::AnswerForAgency];
        for state in [State::AcceptedByDestination, State::Declined] {
            assert_eq!(Deed::offered(&request(state, &agency)), [Deed::AcceptForAgency], "{state:?}");
        }
        let both = [Deed::AcceptForAgency, Deed::DeclineForAgency];
        assert_eq!(Deed::offered(&request(State::DeclinedByDestination, &agency)), both);
        let unit = Deed::offered(&request(State::DeclinedByDestination, &[Action::AnswerAtDestination]));
        assert_eq!(unit, [Deed::AcceptAtDestination]);
    }

    #[test]
    fn what_is_not_offered_is_not_there() {
        assert_eq!(Deed::offered(&request(State::Confirmed, &[])), []);
    }

    #[test]
    fn a_form_leads_back_to_its_decision_and_a_link_opens_it() {
        for deed in Deed::ALL {
            assert_eq!(Deed::posted(deed.verb(), deed.answer()), Some(deed));
            assert_eq!(Deed::linked(deed.slug()), Some(deed));
        }
        assert_eq!(Deed::linked("answer-for-agency"), Some(Deed::AcceptForAgency));
        assert_eq!(Deed::posted("answer-for-agency", ""), None);
        assert_eq!(Deed::posted("edit", ""), None);
    }

    #[test]
    fn declining_and_cancelling_need_a_reason_and_accepting_does_not() {
        let needing: Vec<_> = Deed::ALL.into_iter().filter(|deed| deed.needs_reason()).collect();
        assert_eq!(needing, [Deed::DeclineAtDestination, Deed::DeclineForAgency, Deed::Cancel]);
    }

    #[test]
    fn the_consequence_depends_on_who_decides_and_where_the_request_stands() {
        let of = |deed: Deed, state, role| deed.words(state, role).1;
        let (unit, coordinator) = (Role::DestinationCoordinator, Role::ReceivingCoordinator);
        assert_eq!(of(Deed::AcceptAtDestination, State::Redirected, unit), "request-then-accept-at-destination");
        assert_eq!(
            of(Deed::AcceptAtDestination, State::RedirectedOffline, coordinator),
            "request-then-accept-on-behalf"
        );
        assert_eq!(
            of(Deed::AcceptForAgency, State::AcceptedByDestination, coordinator),
            "request-then-ratify-acceptance"
        );
        assert_eq!(of(Deed::AcceptForAgency, State::DeclinedByDestination, coordinator), "request-then-overrule");
        assert_eq!(of(Deed::DeclineForAgency, State::Sent, coordinator), "request-then-decline-directly");
    }
}
