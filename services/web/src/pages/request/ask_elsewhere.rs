//! Asking elsewhere for what was declined: the form of a new request, filled in with this one.

use proto::{
    identity::v1::Role,
    placement::v1::{PlacementRequest, State},
};

use crate::pages::new_request::same_elsewhere;

/// Its address, for the school whose request was declined. It holds what is asked for, not where, since that has said no; and
/// no words that people have typed, which have no place in an address.
pub(super) fn elsewhere(request: &PlacementRequest, role: Role) -> Option<String> {
    if request.state() != State::Declined || role != Role::PlacingCoordinator {
        return None;
    }
    Some(same_elsewhere(request))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_school_asks_elsewhere_and_only_for_what_was_declined() {
        let declined = PlacementRequest {
            state: State::Declined.into(),
            course_id: "c".into(),
            site_id: "s".into(),
            weekdays: vec![1, 5],
            comment: "Entre nous".into(),
            ..PlacementRequest::default()
        };
        let to = elsewhere(&declined, Role::PlacingCoordinator).unwrap();
        assert!(to.starts_with("/requests/new?") && to.contains("course_id=c"), "{to}");
        assert!(to.contains("weekdays=1&weekdays=5"), "{to}");
        assert!(!to.contains("site_id") && !to.contains("Entre"), "{to}");
        assert_eq!(elsewhere(&declined, Role::ReceivingCoordinator), None);
        let accepted = PlacementRequest { state: State::Accepted.into(), ..declined };
        assert_eq!(elsewhere(&accepted, Role::PlacingCoordinator), None);
    }
}
