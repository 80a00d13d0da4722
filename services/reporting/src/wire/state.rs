//! States, both ways.

use proto::placement::v1 as contract;

use crate::domain::state::State;

/// From the number of a contract's state; `None` for no state and for unknown numbers.
#[must_use]
pub fn from_contract(number: i32) -> Option<State> {
    Some(match contract::State::try_from(number).ok()? {
        contract::State::Unspecified => return None,
        contract::State::Draft => State::Draft,
        contract::State::Held => State::Held,
        contract::State::Sent => State::Sent,
        contract::State::SentOffline => State::SentOffline,
        contract::State::Redirected => State::Redirected,
        contract::State::RedirectedOffline => State::RedirectedOffline,
        contract::State::RedirectedAutomatically => State::RedirectedAutomatically,
        contract::State::AcceptedByDestination => State::AcceptedByDestination,
        contract::State::DeclinedByDestination => State::DeclinedByDestination,
        contract::State::Accepted => State::Accepted,
        contract::State::Declined => State::Declined,
        contract::State::Confirmed => State::Confirmed,
        contract::State::Cancelled => State::Cancelled,
        contract::State::Deleted => State::Deleted,
    })
}

/// As the contract numbers it.
#[must_use]
pub const fn to_contract(state: State) -> contract::State {
    match state {
        State::Draft => contract::State::Draft,
        State::Held => contract::State::Held,
        State::Sent => contract::State::Sent,
        State::SentOffline => contract::State::SentOffline,
        State::Redirected => contract::State::Redirected,
        State::RedirectedOffline => contract::State::RedirectedOffline,
        State::RedirectedAutomatically => contract::State::RedirectedAutomatically,
        State::AcceptedByDestination => contract::State::AcceptedByDestination,
        State::DeclinedByDestination => contract::State::DeclinedByDestination,
        State::Accepted => contract::State::Accepted,
        State::Declined => contract::State::Declined,
        State::Confirmed => contract::State::Confirmed,
        State::Cancelled => contract::State::Cancelled,
        State::Deleted => contract::State::Deleted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_survives_the_way_there_and_back() {
        for state in State::ALL {
            assert_eq!(from_contract(to_contract(state) as i32), Some(state));
        }
        assert_eq!(from_contract(0), None);
        assert_eq!(from_contract(99), None);
    }
}
