//! Enums of the domain and of the contract, side by side.

use proto::{identity::v1 as identity, placement::v1 as placement};

use crate::requests::domain::{Kind, Misfit, Origin, Party, Role, Status};

/// Declares both directions of a pair of enums; the contract's `Unspecified` is nothing in the domain.
macro_rules! paired {
    ($domain:ty, $contract:ty, $to:ident, $from:ident, { $($d:ident = $c:ident),* $(,)? }) => {
        pub(crate) const fn $to(value: $domain) -> $contract {
            match value { $(<$domain>::$d => <$contract>::$c),* }
        }

        pub(super) fn $from(number: i32) -> Option<$domain> {
            match <$contract>::try_from(number).ok()? {
                $(<$contract>::$c => Some(<$domain>::$d),)*
                <$contract>::Unspecified => None,
            }
        }
    };
}

paired!(Status, placement::State, state, status, {
    Draft = Draft,
    Held = Held,
    Sent = Sent,
    SentOffline = SentOffline,
    Redirected = Redirected,
    RedirectedOffline = RedirectedOffline,
    RedirectedAutomatically = RedirectedAutomatically,
    AcceptedByDestination = AcceptedByDestination,
    DeclinedByDestination = DeclinedByDestination,
    Accepted = Accepted,
    Declined = Declined,
    Confirmed = Confirmed,
    Cancelled = Cancelled,
    Deleted = Deleted,
});

paired!(Kind, placement::Kind, contract_kind, kind, {
    Individual = Individual,
    Group = Group,
    Observation = Observation,
});

paired!(Misfit, placement::Misfit, misfit, known_misfit, {
    Capacity = Capacity,
    GroupSize = GroupSize,
    Closed = Closed,
    Notice = Notice,
});

pub(super) const fn origin(value: Origin) -> placement::Origin {
    match value {
        Origin::PlacingAgency => placement::Origin::PlacingAgency,
        Origin::ReceivingAgency => placement::Origin::ReceivingAgency,
    }
}

pub(super) const fn waiting_for(value: Party) -> placement::WaitingFor {
    match value {
        Party::PlacingAgency => placement::WaitingFor::PlacingAgency,
        Party::ReceivingAgency => placement::WaitingFor::ReceivingAgency,
        Party::Destination => placement::WaitingFor::Destination,
        Party::Nobody => placement::WaitingFor::Nobody,
    }
}

pub(super) const fn role(value: Role) -> identity::Role {
    match value {
        Role::PlacingCoordinator => identity::Role::PlacingCoordinator,
        Role::ReceivingCoordinator => identity::Role::ReceivingCoordinator,
        Role::DestinationCoordinator => identity::Role::DestinationCoordinator,
        Role::DestinationMonitor => identity::Role::DestinationMonitor,
        Role::System => identity::Role::Unspecified,
    }
}

/// What is offered, by the contract's name of it.
pub(super) fn action(name: &str) -> placement::Action {
    placement::Action::from_str_name(&format!("ACTION_{name}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::domain::Action;

    #[test]
    fn the_contract_has_a_name_for_all_that_is_offered() {
        for offered in Action::ALL.iter().filter_map(|action| action.declaration().offered_as) {
            assert_ne!(action(offered), placement::Action::Unspecified, "{offered}");
        }
    }
}
