//! What one event tells of a request, and which milestones it passed with it.
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
}

/// A step that reports measure time from or to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// It came to the receiving side: first, or again after a postponement or reactivation, which begins a new round.
    Sent,
    /// It came to a destination.
    Redirected,
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
    /// The milestones that were passed with this event: none where the state stayed, two where the system redirected at
    /// once.
    #[must_use]
    pub fn milestones(&self) -> Vec<Milestone> {
        if self.before == Some(self.state) {
            return Vec::new();
        }
        let mut passed = Vec::new();
        if self.state.is_pending() && !self.before.is_some_and(State::is_pending) {
            passed.push(Milestone::Sent);
        }
        if self.state.is_redirected() {
            passed.push(Milestone::Redirected);
        }
        match self.state {
            State::Accepted => passed.push(Milestone::Answered { accepted: true }),
            State::Declined => passed.push(Milestone::Answered { accepted: false }),
            State::Confirmed => passed.push(Milestone::Confirmed),
            State::Cancelled => passed.push(Milestone::Cancelled),
            _ => {}
        }
        passed
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn passed(before: Option<State>, state: State) -> Vec<Milestone> {
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
        };
        fact.milestones()
    }

    #[test]
    fn what_leads_into_waiting_begins_a_round() {
        for before in [None, Some(State::Draft), Some(State::Held), Some(State::Confirmed), Some(State::Cancelled)] {
            assert_eq!(passed(before, State::Sent), [Milestone::Sent]);
            assert_eq!(passed(before, State::SentOffline), [Milestone::Sent]);
        }
    }

    #[test]
    fn a_request_redirected_by_the_system_is_sent_and_redirected_at_once() {
        let passed = passed(Some(State::Draft), State::RedirectedAutomatically);
        assert_eq!(passed, [Milestone::Sent, Milestone::Redirected]);
    }

    #[test]
    fn an_answer_of_the_destination_is_no_answer_yet() {
        assert_eq!(passed(Some(State::Redirected), State::DeclinedByDestination), []);
        assert_eq!(passed(Some(State::DeclinedByDestination), State::AcceptedByDestination), []);
        let ratified = passed(Some(State::DeclinedByDestination), State::Declined);
        assert_eq!(ratified, [Milestone::Answered { accepted: false }]);
    }

    #[test]
    fn a_change_that_leaves_the_state_passes_nothing() {
        for state in State::ALL {
            assert_eq!(passed(Some(state), state), [], "{state:?}");
        }
    }
}
