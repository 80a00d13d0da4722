//! What an event says of a placement request: ids, dates, counts; no students, no words that people wrote.

use directory::model::Place;
use jiff::civil::Date;
use kernel::{AgencyId, DestinationId, PersonId, PlacementRequestId, ProgramId, ServiceId, SiteId};
use serde::{Deserialize, Serialize};

/// Where a request stands, as stored by placement (domain §7.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum RequestState {
    /// Not yet sent.
    Draft,
    /// Waits for its release date.
    Held,
    /// Waits for the receiving coordinator.
    Sent,
    /// The school asks off-line.
    SentOffline,
    /// Waits for a user destination.
    Redirected,
    /// Waits for a destination without user.
    RedirectedOffline,
    /// Waits for a user destination, past the coordinator.
    RedirectedAutomatically,
    /// The destination said yes.
    AcceptedByDestination,
    /// The destination said no.
    DeclinedByDestination,
    /// The agency said yes.
    Accepted,
    /// The agency said no.
    Declined,
    /// The school committed.
    Confirmed,
    /// Stopped.
    Cancelled,
    /// Removed.
    Deleted,
}

impl RequestState {
    /// Whether the destination's agent has come to see the request in this state. Need to know: who never saw a request is
    /// not told of its end.
    pub(crate) const fn has_reached_destination(self) -> bool {
        !matches!(self, Self::Draft | Self::Held | Self::Sent | Self::SentOffline | Self::Deleted)
    }
}

/// The code of a reason, as placement tells it to each side; none where there is none, or the side may not know it. An event
/// of a release that did not tell leaves a mail without its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reasons {
    pub(crate) placing: Option<String>,
    pub(crate) receiving: Option<String>,
    pub(crate) destination: Option<String>,
}

/// The facts that every event of a request carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Facts {
    pub(crate) request: PlacementRequestId,
    pub(crate) reference: String,
    pub(crate) placing_agency: AgencyId,
    pub(crate) program: ProgramId,
    pub(crate) receiving_agency: AgencyId,
    pub(crate) site: SiteId,
    pub(crate) service: ServiceId,
    pub(crate) destination: Option<DestinationId>,
    pub(crate) student_count: i32,
    pub(crate) start: Date,
    /// Last day, included.
    pub(crate) end: Date,
    /// Hours per student; 0 when not said.
    pub(crate) hours_per_student: i32,
    /// The state after the event.
    pub(crate) state: RequestState,
    /// The state before it.
    pub(crate) previous_state: Option<RequestState>,
    pub(crate) placing_coordinator: Option<PersonId>,
    pub(crate) receiving_coordinator: Option<PersonId>,
    /// Who answers for the destination.
    pub(crate) agent: Option<PersonId>,
    /// Code of the reason of an answer or cancellation, as each side may know it.
    #[serde(default)]
    pub(crate) reasons: Reasons,
    /// Who did it; `None` for the system.
    pub(crate) actor: Option<PersonId>,
}

impl Facts {
    /// The reason as a person may know it who is named in the request; who stands on two sides knows what the school knows.
    pub(crate) fn reason_for(&self, person: PersonId) -> Option<&String> {
        let reason = match Some(person) {
            school if school == self.placing_coordinator => &self.reasons.placing,
            agent if agent == self.agent => &self.reasons.destination,
            _ => &self.reasons.receiving,
        };
        reason.as_ref()
    }

    /// Where it is to be, on the receiving side.
    pub(crate) fn place(&self) -> Place {
        let (agency, site, services) = (self.receiving_agency, Some(self.site), vec![self.service]);
        Place { agency, site, services, destination: self.destination, program: None }
    }

    /// The destination that waits for an answer by link, if the request stands so.
    pub(crate) fn awaits_link_of(&self) -> Option<DestinationId> {
        if self.state == RequestState::RedirectedOffline { self.destination } else { None }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    /// A request that was redirected to a destination without user.
    pub(crate) fn facts() -> Facts {
        let id = |n: u128| Uuid::from_u128(n);
        Facts {
            request: id(1).into(),
            reference: "QC-7F3K-29".into(),
            placing_agency: id(2).into(),
            program: id(3).into(),
            receiving_agency: id(4).into(),
            site: id(5).into(),
            service: id(6).into(),
            destination: Some(id(7).into()),
            student_count: 2,
            start: date(2027, 1, 11),
            end: date(2027, 4, 1),
            hours_per_student: 120,
            state: RequestState::RedirectedOffline,
            previous_state: Some(RequestState::Sent),
            placing_coordinator: Some(id(11).into()),
            receiving_coordinator: Some(id(12).into()),
            agent: Some(id(13).into()),
            reasons: Reasons::default(),
            actor: Some(id(12).into()),
        }
    }

    #[test]
    fn facts_come_back_from_storage_as_they_were() {
        let stored = serde_json::to_value(facts()).unwrap();
        assert_eq!(stored["state"], "REDIRECTED_OFFLINE");
        assert_eq!(serde_json::from_value::<Facts>(stored).unwrap(), facts());
    }
}
