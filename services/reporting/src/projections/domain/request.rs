//! What one event tells of a request, and which milestone it passed with it.
//!
//! A milestone is read from the states before and after the event, not from the event's name, so that whatever leads into a
//! state counts alike (a coordinator's answer and an answer on behalf, a postponement that resubmits and a reactivation).

use jiff::Timestamp;
use kernel::{AgencyId, DateRange, DestinationId, PlacementRequestId, ProgramId, ServiceId, SiteId};

use super::state::State;

/// A request as it was after one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestFact {
    /// Which request.
    pub id: PlacementRequestId,
    /// Counts the request's changes; a fact yields to a newer one.
    pub version: i64,
    /// When it happened.
    pub time: Timestamp,
    /// The state before; none at creation.
    pub before: Option<State>,
    /// The state after.
    pub state: State,
    /// What people say on the phone.
    pub reference: String,
    /// The school.
    pub placing_agency: AgencyId,
    /// The program.
    pub program: ProgramId,
    /// The health organisation.
    pub receiving_agency: AgencyId,
    /// Where.
    pub site: SiteId,
    /// Which clinical service.
    pub service: ServiceId,
    /// Which unit, if one is named.
    pub destination: Option<DestinationId>,
    /// First and last day.
    pub dates: DateRange,
    /// How many students.
    pub students: i32,
    /// Reason of the answer or cancellation; may be empty.
    pub reason: String,
    /// What each side may see; nothing where the event is of a release that did not tell.
    pub views: Option<Views>,
}

/// What each side may see of a request; nothing where the request does not exist for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Views {
    /// The school.
    pub placing: Option<Seen>,
    /// The receiving coordinator.
    pub receiving: Option<Seen>,
    /// The unit.
    pub destination: Option<Seen>,
}

/// A request as one side may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The state.
    pub state: State,
    /// The reason that goes with it; may be empty.
    pub reason: String,
}

/// A step that reports measure time from or to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// It came to the receiving side: first, or again after a postponement or reactivation, which begins a new round.
    Sent,
    /// The agency answered; a later answer replaces an earlier one.
    Answered {
        /// Whether it said yes.
        accepted: bool,
    },
    /// The school committed.
    Confirmed,
    /// Either side stopped it.
    Cancelled,
}

impl RequestFact {
    /// The milestone that was passed with this event: none where the state stayed, and none while the request is pending. So
    /// what a unit answers, of which its school knows nothing yet, passes none.
    #[must_use]
    pub fn milestone(&self) -> Option<Milestone> {
        if self.before == Some(self.state) {
            return None;
        }
        match self.state {
            State::Accepted => Some(Milestone::Answered { accepted: true }),
            State::Declined => Some(Milestone::Answered { accepted: false }),
            State::Confirmed => Some(Milestone::Confirmed),
            State::Cancelled => Some(Milestone::Cancelled),
            pending if pending.is_pending() && !self.before.is_some_and(State::is_pending) => Some(Milestone::Sent),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn passed(before: Option<State>, state: State) -> Option<Milestone> {
        let fact = RequestFact {
            id: Uuid::nil().into(),
            version: 1,
            time: Timestamp::UNIX_EPOCH,
            before,
            state,
            reference: String::new(),
            placing_agency: Uuid::nil().into(),
            program: Uuid::nil().into(),
            receiving_agency: Uuid::nil().into(),
            site: Uuid::nil().into(),
            service: Uuid::nil().into(),
            destination: None,
            dates: DateRange::new(date(2027, 1, 11), date(2027, 3, 5)).expect("in order"),
            students: 1,
            reason: String::new(),
            views: None,
        };
        fact.milestone()
    }

    #[test]
    fn what_leads_into_waiting_begins_a_round() {
        for before in [None, Some(State::Draft), Some(State::Held), Some(State::Confirmed), Some(State::Cancelled)] {
            assert_eq!(passed(before, State::Sent), Some(Milestone::Sent));
            assert_eq!(passed(before, State::SentOffline), Some(Milestone::Sent));
        }
        assert_eq!(passed(Some(State::Draft), State::RedirectedAutomatically), Some(Milestone::Sent));
    }

    #[test]
    fn an_answer_of_the_destination_is_no_answer_yet() {
        assert_eq!(passed(Some(State::Redirected), State::DeclinedByDestination), None);
        assert_eq!(passed(Some(State::DeclinedByDestination), State::AcceptedByDestination), None);
        let ratified = passed(Some(State::DeclinedByDestination), State::Declined);
        assert_eq!(ratified, Some(Milestone::Answered { accepted: false }));
    }

    #[test]
    fn a_change_that_leaves_the_state_passes_nothing() {
        for state in State::ALL.iter().copied() {
            assert_eq!(passed(Some(state), state), None, "{state:?}");
        }
    }
}
