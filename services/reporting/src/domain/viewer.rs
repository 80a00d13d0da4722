//! Who looks, how far their rights reach, and what they may see of a state (domain §7.3).

use kernel::{AgencyId, DestinationId, ErrorKind, Problem, ProgramId, ServiceId, SiteId};

use super::state::State;

/// From which side somebody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A school: sees all of its own requests, but not what a destination said before the agency ratified it.
    School,
    /// A receiving coordinator: sees what was sent to the agency through Tandem, or answered since.
    Coordinator,
    /// A destination coordinator: sees what was redirected to the destination since it was last sent.
    Destination,
}

/// The places that somebody's rights hold for. A request is within reach if any of its places is named here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// As the school.
    pub placing_agencies: Vec<AgencyId>,
    /// As the program.
    pub programs: Vec<ProgramId>,
    /// As the health organisation.
    pub receiving_agencies: Vec<AgencyId>,
    /// As the site.
    pub sites: Vec<SiteId>,
    /// As the service.
    pub services: Vec<ServiceId>,
    /// As the unit.
    pub destinations: Vec<DestinationId>,
}

impl Reach {
    /// Whether it holds for no place at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Somebody who looks at a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// From which side.
    pub side: Side,
    /// How far.
    pub reach: Reach,
}

impl Viewer {
    /// That there is a place whose requests they may see at all.
    ///
    /// # Errors
    /// If their rights hold for no place of their side.
    pub fn reaches_something(&self) -> Result<(), OutOfScope> {
        if self.reach.is_empty() { Err(OutOfScope) } else { Ok(()) }
    }
}

/// The rights hold for no place that requests are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rights hold for no place of this side")]
pub struct OutOfScope;

impl Problem for OutOfScope {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Forbidden
    }

    fn reason(&self) -> &'static str {
        "OUT_OF_SCOPE"
    }
}

impl Side {
    /// The state as this side may see it; `None` where the request is hidden from it.
    #[must_use]
    pub const fn sees(self, state: State) -> Option<State> {
        match (self, state) {
            (_, State::Deleted)
            | (Self::Coordinator, State::Draft | State::Held | State::SentOffline)
            | (Self::Destination, State::Draft | State::Held | State::Sent | State::SentOffline) => None,
            (Self::School, State::AcceptedByDestination | State::DeclinedByDestination) => Some(State::Redirected),
            _ => Some(state),
        }
    }

    /// The stored states of requests that this side sees in one of `wanted`; in any, where none is wanted.
    #[must_use]
    pub fn stored_states(self, wanted: &[State]) -> Vec<State> {
        let matches = |stored: &State| self.sees(*stored).is_some_and(|s| wanted.is_empty() || wanted.contains(&s));
        State::ALL.into_iter().filter(matches).collect()
    }

    /// The reason that goes with a stored state, as this side may see it: none while nothing visible was answered.
    #[must_use]
    pub fn reason(self, stored: State, reason: String) -> String {
        if self.sees(stored).is_some_and(State::has_reason) { reason } else { String::new() }
    }

    /// Whether only what was redirected since it was last sent is shown.
    #[must_use]
    pub const fn only_redirected(self) -> bool {
        matches!(self, Self::Destination)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_does_not_see_what_a_destination_answered() {
        for hidden in [State::AcceptedByDestination, State::DeclinedByDestination] {
            assert_eq!(Side::School.sees(hidden), Some(State::Redirected));
            assert_eq!(Side::School.reason(hidden, "D1".into()), "");
            assert_eq!(Side::Coordinator.sees(hidden), Some(hidden));
            assert_eq!(Side::Coordinator.reason(hidden, "D1".into()), "D1");
        }
        assert!(Side::School.stored_states(&[State::DeclinedByDestination]).is_empty());
    }

    #[test]
    fn a_filter_speaks_of_the_visible_state() {
        let stored = Side::School.stored_states(&[State::Redirected]);
        assert_eq!(stored, [State::Redirected, State::AcceptedByDestination, State::DeclinedByDestination]);
        assert_eq!(Side::Destination.stored_states(&[State::Redirected]), [State::Redirected]);
    }

    #[test]
    fn the_receiving_side_sees_nothing_before_it_is_sent() {
        for side in [Side::Coordinator, Side::Destination] {
            for hidden in [State::Draft, State::Held, State::SentOffline, State::Deleted] {
                assert_eq!(side.sees(hidden), None, "{side:?} {hidden:?}");
            }
        }
        assert_eq!(Side::Coordinator.sees(State::Sent), Some(State::Sent));
        assert_eq!(Side::Destination.sees(State::Sent), None);
        assert_eq!(Side::School.sees(State::Deleted), None);
    }
}
