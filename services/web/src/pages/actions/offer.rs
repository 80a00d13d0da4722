//! Which actions a request offers, as the API says.

use proto::{
    identity::v1::Role,
    placement::v1::{PlacementRequest, State},
};

use super::{
    action::{Action, Field, Need},
    declarations::ALL,
};
use crate::ui::Misfits;

/// Those that a request offers, in the order of the page.
pub(crate) fn offered(request: &PlacementRequest) -> Vec<&'static Action> {
    ALL.iter().copied().filter(|action| action.is_offered(request)).collect()
}

/// Of a form.
pub(crate) fn posted(verb: &str, answer: &str) -> Option<&'static Action> {
    ALL.iter().copied().find(|action| action.verb == verb && action.answer_value() == answer)
}

/// Of a link; a verb that is two actions opens its yes.
pub(crate) fn linked(name: &str) -> Option<&'static Action> {
    ALL.iter().copied().find(|action| action.slug == name || action.verb == name)
}

/// What a role is offered for many requests at once, in the order of its buttons.
pub(crate) fn for_many(role: Role) -> impl Iterator<Item = &'static Action> {
    ALL.iter().copied().filter(move |action| action.bulk.as_ref().is_some_and(|bulk| bulk.roles.contains(&role)))
}

/// The one of a name among them.
pub(crate) fn named_for_many(role: Role, name: &str) -> Option<&'static Action> {
    for_many(role).find(|action| action.bulk_name() == name)
}

impl Action {
    /// Whether a request offers it to the caller.
    pub(crate) fn is_offered(&self, request: &PlacementRequest) -> bool {
        request.actions.contains(&i32::from(self.code)) && !self.impossible_in.contains(&request.state())
    }

    /// Whether it can be tried with a request among many; the service has the last word.
    pub(crate) fn takes(&self, request: &PlacementRequest) -> bool {
        let fits = match self.bulk.as_ref().map(|bulk| bulk.needs) {
            None => false,
            Some(Need::Nothing) => true,
            Some(Need::Draft) => request.state() == State::Draft,
            Some(Need::Destination) => !request.destination_id.is_empty(),
        };
        fits && self.is_offered(request)
    }

    /// Why a request does not fit, where that is to be known before this is done with it.
    pub(crate) fn misfits(&self, request: &PlacementRequest) -> Misfits {
        if self.fields.contains(&Field::Misfits) { Misfits::of(&request.misfits) } else { Misfits::default() }
    }

    /// Whether nothing but the destination of a request is missing.
    pub(crate) fn lacks_destination(&self, request: &PlacementRequest) -> bool {
        let needs = self.bulk.as_ref().map(|bulk| bulk.needs);
        needs == Some(Need::Destination) && self.is_offered(request) && request.destination_id.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proto::placement::v1::Action as Code;

    use super::{
        super::declarations::{
            ACCEPT_AT_DESTINATION, ACCEPT_FOR_AGENCY, CANCEL, DECLINE_AT_DESTINATION, DECLINE_FOR_AGENCY, DELETE,
            REDIRECT,
        },
        *,
    };

    fn request(state: State, actions: &[Code]) -> PlacementRequest {
        let actions = actions.iter().map(|a| (*a).into()).collect();
        PlacementRequest { state: state.into(), actions, ..PlacementRequest::default() }
    }

    #[test]
    fn an_answer_is_two_actions() {
        let offered = offered(&request(State::Redirected, &[Code::AnswerAtDestination]));
        assert_eq!(offered, [&ACCEPT_AT_DESTINATION, &DECLINE_AT_DESTINATION]);
    }

    #[test]
    fn what_has_been_declined_or_accepted_is_not_declined_again() {
        let agency = [Code::AnswerForAgency];
        for state in [State::AcceptedByDestination, State::Declined] {
            assert_eq!(offered(&request(state, &agency)), [&ACCEPT_FOR_AGENCY], "{state:?}");
        }
        let both = [&ACCEPT_FOR_AGENCY, &DECLINE_FOR_AGENCY];
        assert_eq!(offered(&request(State::DeclinedByDestination, &agency)), both);
        let unit = offered(&request(State::DeclinedByDestination, &[Code::AnswerAtDestination]));
        assert_eq!(unit, [&ACCEPT_AT_DESTINATION]);
    }

    #[test]
    fn what_is_not_offered_is_not_there() {
        let settled = request(State::Confirmed, &[]);
        assert!(offered(&settled).is_empty());
        for role in [Role::PlacingCoordinator, Role::ReceivingCoordinator, Role::DestinationCoordinator] {
            assert!(for_many(role).all(|action| !action.takes(&settled)));
        }
    }

    #[test]
    fn a_form_leads_back_to_its_action_and_a_link_opens_it() {
        for &action in ALL {
            assert_eq!(posted(action.verb, action.answer_value()), Some(action));
            assert_eq!(linked(action.slug), Some(action));
        }
        assert_eq!(linked("answer-for-agency"), Some(&ACCEPT_FOR_AGENCY));
        assert_eq!(posted("answer-for-agency", ""), None);
        assert_eq!(posted("edit", ""), None);
    }

    #[test]
    fn declining_and_cancelling_need_a_reason_and_accepting_does_not() {
        let needing: Vec<_> = ALL.iter().copied().filter(|action| action.required_reason().is_some()).collect();
        assert_eq!(needing, [&DECLINE_AT_DESTINATION, &DECLINE_FOR_AGENCY, &CANCEL]);
    }

    #[test]
    fn only_drafts_are_deleted_among_many() {
        assert!(DELETE.takes(&request(State::Draft, &[Code::Delete])));
        assert!(!DELETE.takes(&request(State::Sent, &[Code::Delete])));
    }

    #[test]
    fn a_redirect_among_many_needs_a_destination() {
        let mut sent = request(State::Sent, &[Code::Redirect]);
        assert!(!REDIRECT.takes(&sent) && REDIRECT.lacks_destination(&sent));
        sent.destination_id = "01a2".into();
        assert!(REDIRECT.takes(&sent) && !REDIRECT.lacks_destination(&sent));
    }

    #[test]
    fn each_role_has_its_own_yes_and_no() {
        let names = |role| for_many(role).map(Action::bulk_name).collect::<Vec<_>>();
        assert_eq!(names(Role::PlacingCoordinator), ["send", "confirm", "cancel", "delete"]);
        assert_eq!(names(Role::ReceivingCoordinator), ["redirect", "accept", "decline"]);
        assert_eq!(names(Role::DestinationCoordinator), ["accept", "decline"]);
        assert_eq!(named_for_many(Role::ReceivingCoordinator, "accept"), Some(&ACCEPT_FOR_AGENCY));
        assert_eq!(named_for_many(Role::DestinationCoordinator, "accept"), Some(&ACCEPT_AT_DESTINATION));
        assert_eq!(named_for_many(Role::DestinationCoordinator, "send"), None);
    }
}
