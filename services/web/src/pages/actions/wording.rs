//! What actions are called and what follows from them, where that depends on the role and on where the request stands: keys of
//! texts.

use proto::{
    identity::v1::Role,
    placement::v1::State::{
        self, Accepted, AcceptedByDestination, Confirmed, Declined, DeclinedByDestination, Draft, Redirected,
        RedirectedAutomatically, RedirectedOffline, Sent,
    },
};

use super::action::Wording;

const fn is_at_destination(state: State) -> bool {
    matches!(state, Redirected | RedirectedOffline | RedirectedAutomatically)
}

pub(super) fn accept_at_destination(state: State, role: Role) -> Wording {
    match role {
        Role::ReceivingCoordinator => (Some("request-do-accept-on-behalf"), "request-then-accept-on-behalf"),
        _ if state == DeclinedByDestination => (Some("request-do-accept-after-all"), "request-then-accept-after-all"),
        _ => (Some("request-do-accept"), "request-then-accept-at-destination"),
    }
}

pub(super) fn decline_at_destination(_: State, role: Role) -> Wording {
    match role {
        Role::ReceivingCoordinator => (Some("request-do-decline-on-behalf"), "request-then-decline-on-behalf"),
        _ => (Some("request-do-decline"), "request-then-decline-at-destination"),
    }
}

pub(super) fn accept_for_agency(state: State, role: Role) -> Wording {
    if role == Role::PlacingCoordinator {
        return (Some("request-do-accept-offline"), "request-then-accept-offline");
    }
    match state {
        AcceptedByDestination => (Some("request-do-ratify-acceptance"), "request-then-ratify-acceptance"),
        DeclinedByDestination => (Some("request-do-overrule"), "request-then-overrule"),
        Declined => (Some("request-do-accept-after-all"), "request-then-accept-late"),
        _ if is_at_destination(state) => {
            (Some("request-do-accept-for-agency"), "request-then-accept-without-destination")
        }
        _ => (Some("request-do-accept-for-agency"), "request-then-accept-directly"),
    }
}

pub(super) fn decline_for_agency(state: State, role: Role) -> Wording {
    if role == Role::PlacingCoordinator {
        return (Some("request-do-decline-offline"), "request-then-decline-offline");
    }
    match state {
        DeclinedByDestination => (Some("request-do-ratify-refusal"), "request-then-ratify-refusal"),
        _ if is_at_destination(state) => {
            (Some("request-do-decline-for-agency"), "request-then-decline-without-destination")
        }
        _ => (Some("request-do-decline-for-agency"), "request-then-decline-directly"),
    }
}

pub(super) fn confirm(_: State, role: Role) -> Wording {
    match role {
        Role::PlacingCoordinator => (None, "request-then-confirm"),
        _ => (None, "request-then-confirm-quick-entry"),
    }
}

pub(super) fn change_dates(state: State, role: Role) -> Wording {
    match (state, role) {
        (Accepted | Confirmed, Role::PlacingCoordinator) => (None, "request-then-change-agreed-dates"),
        (Confirmed, _) => (None, "request-then-change-confirmed-dates"),
        (Accepted, _) => (None, "request-then-change-accepted-dates"),
        (AcceptedByDestination, _) => (None, "request-then-change-dates-at-destination"),
        _ => (None, "request-then-change-dates"),
    }
}

pub(super) fn change_destination(state: State, role: Role) -> Wording {
    match state {
        Sent => (None, "request-then-change-wish"),
        _ if is_at_destination(state) => (None, "request-then-ask-another"),
        AcceptedByDestination | DeclinedByDestination if role == Role::ReceivingCoordinator => {
            (None, "request-then-ask-another")
        }
        _ => (None, "request-then-move"),
    }
}

pub(super) fn delete(state: State, _: Role) -> Wording {
    match state {
        Draft => (None, "request-then-delete-draft"),
        _ => (None, "request-then-delete-sent"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_depends_on_who_decides_and_where_the_request_stands() {
        let (unit, coordinator) = (Role::DestinationCoordinator, Role::ReceivingCoordinator);
        assert_eq!(accept_at_destination(Redirected, unit).1, "request-then-accept-at-destination");
        assert_eq!(accept_at_destination(RedirectedOffline, coordinator).1, "request-then-accept-on-behalf");
        assert_eq!(accept_for_agency(AcceptedByDestination, coordinator).1, "request-then-ratify-acceptance");
        assert_eq!(accept_for_agency(DeclinedByDestination, coordinator).1, "request-then-overrule");
        assert_eq!(decline_for_agency(Sent, coordinator).1, "request-then-decline-directly");
    }
}
