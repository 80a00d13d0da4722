//! What one event tells of a request, and which milestone it passed with it.
//!
//! A milestone is read from how far the request was before and after the event, not from the event's name, so that whatever leads into a
//! state counts alike (a coordinator's answer and an answer on behalf, a postponement that resubmits and a reactivation).

use jiff::Timestamp;
use kernel::{AgencyId, DateRange, DestinationId, PlacementRequestId, ProgramId, ServiceId, SiteId};

use super::state::{Phase, State};

/// A request as it was after one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestFact {
    /// Which request.
    pub id: PlacementRequestId,
    /// Counts the request's changes; a fact yields to a newer one.
    pub version: i64,
    /// When it happened.
    pub time: Timestamp,
    /// How far it was before; none at creation.
    pub before: Option<Phase>,
    /// How far it was after.
    pub phase: Phase,
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

/// What events of one request leave of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection<'a> {
    /// The newest.
    pub newest: &'a RequestFact,
    /// The newest that tells what each side may see.
    pub told: Option<(i64, &'a Views)>,
    /// When it came to the receiving side last.
    pub sent: Option<Passed>,
    /// The agency's last answer, and whether it said yes.
    pub answered: Option<(Passed, bool)>,
    /// When the school committed last.
    pub confirmed: Option<Passed>,
    /// When it was stopped last.
    pub cancelled: Option<Passed>,
}

/// When a milestone was passed, and by which version of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Counts the request's changes.
    pub version: i64,
    /// When it happened.
    pub time: Timestamp,
}

impl<'a> Projection<'a> {
    /// Of events of one request, in whatever order; nothing of none.
    #[must_use]
    pub fn of(events: &'a [RequestFact]) -> Option<Self> {
        let newest = events.iter().max_by_key(|fact| fact.version)?;
        let told = events.iter().filter_map(|fact| Some((fact.version, fact.views.as_ref()?)));
        let last = |is_meant: fn(Milestone) -> bool| {
            let passed = events.iter().filter_map(|fact| Some((fact, fact.milestone()?)));
            let meant = passed.filter(|(_, milestone)| is_meant(*milestone)).max_by_key(|(fact, _)| fact.version);
            meant.map(|(fact, milestone)| (Passed { version: fact.version, time: fact.time }, milestone))
        };
        let when = |is_meant| last(is_meant).map(|(passed, _)| passed);
        Some(Self {
            newest,
            told: told.max_by_key(|(version, _)| *version),
            sent: when(|milestone| milestone == Milestone::Sent),
            answered: last(|milestone| matches!(milestone, Milestone::Answered { .. }))
                .map(|(passed, milestone)| (passed, milestone == Milestone::Answered { accepted: true })),
            confirmed: when(|milestone| milestone == Milestone::Confirmed),
            cancelled: when(|milestone| milestone == Milestone::Cancelled),
        })
    }
}

impl RequestFact {
    /// The milestone that was passed with this event: none where the request is as far as before. So what a unit answers, of
    /// which its school knows nothing yet, passes none.
    #[must_use]
    pub fn milestone(&self) -> Option<Milestone> {
        if self.before == Some(self.phase) {
            return None;
        }
        match self.phase {
            Phase::Unsent | Phase::Deleted => None,
            // The agency has changed what was confirmed: it has answered before, and the school confirms anew.
            Phase::Accepted if self.before == Some(Phase::Confirmed) => None,
            Phase::Pending => Some(Milestone::Sent),
            Phase::Accepted => Some(Milestone::Answered { accepted: true }),
            Phase::Declined => Some(Milestone::Answered { accepted: false }),
            Phase::Confirmed => Some(Milestone::Confirmed),
            Phase::Cancelled => Some(Milestone::Cancelled),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn passed(before: Option<Phase>, phase: Phase) -> Option<Milestone> {
        let fact = RequestFact {
            id: Uuid::nil().into(),
            version: 1,
            time: Timestamp::UNIX_EPOCH,
            before,
            phase,
            state: State::of("ANY"),
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
        for before in [None, Some(Phase::Unsent), Some(Phase::Confirmed), Some(Phase::Cancelled)] {
            assert_eq!(passed(before, Phase::Pending), Some(Milestone::Sent));
        }
    }

    #[test]
    fn an_answer_is_one_however_long_it_has_waited() {
        assert_eq!(passed(Some(Phase::Pending), Phase::Declined), Some(Milestone::Answered { accepted: false }));
        assert_eq!(passed(Some(Phase::Declined), Phase::Accepted), Some(Milestone::Answered { accepted: true }));
    }

    #[test]
    fn whoever_comes_no_farther_passes_nothing() {
        use Phase::{Accepted, Cancelled, Confirmed, Declined, Deleted, Pending, Unsent};
        for phase in [Unsent, Pending, Accepted, Declined, Confirmed, Cancelled, Deleted] {
            assert_eq!(passed(Some(phase), phase), None, "{phase:?}");
        }
        assert_eq!(passed(None, Unsent), None);
        assert_eq!(passed(Some(Confirmed), Accepted), None, "what has to be confirmed anew was answered before");
        assert_eq!(passed(Some(Unsent), Deleted), None);
    }
}
