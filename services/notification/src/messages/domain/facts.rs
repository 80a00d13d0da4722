//! What an event says of a placement request: ids, dates, counts; no students, no words that people wrote.

use directory::model::Place;
use jiff::civil::Date;
use kernel::{AgencyId, DestinationId, PersonId, PlacementRequestId, ProgramId, ServiceId, SiteId};
use serde::{Deserialize, Serialize};

/// Whose answer a request awaits. What a side may see of its state is placement's to tell, and not needed for mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Awaits {
    /// The receiving coordinator's.
    Coordinator,
    /// The destination's, which is a user.
    Destination,
    /// The destination's, which is not: a mailed link is to be answered by.
    DestinationByLink,
}

kernel::coded! {
    /// How far a request is agreed. The code chooses the words of mails.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    Agreement {
        /// The school has to confirm it.
        Accepted = "ACCEPTED",
        /// The school has confirmed it.
        Confirmed = "CONFIRMED",
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
    /// Days of the week, 1 for Monday; none for various days.
    #[serde(default)]
    pub(crate) weekdays: Vec<u8>,
    /// May be empty.
    #[serde(default)]
    pub(crate) shift_code: String,
    /// Code of the placement type; empty where an event of a release before did not tell.
    #[serde(default)]
    pub(crate) placement_type: String,
    /// After the event.
    pub(crate) awaits: Option<Awaits>,
    /// Whether the event has changed where it stands.
    #[serde(default)]
    pub(crate) state_changed: bool,
    /// Whether the agency had said yes before the event.
    #[serde(default)]
    pub(crate) was_agreed: bool,
    /// What holds of it after the event, where the agency has said yes.
    #[serde(default)]
    pub(crate) agreement: Option<Agreement>,
    /// Its dates before an event that moved them.
    #[serde(default)]
    pub(crate) previous_dates: Option<(Date, Date)>,
    /// Whether it had reached the destination before the event, so that its agent has come to see it.
    pub(crate) reached_destination: bool,
    pub(crate) placing_coordinator: Option<PersonId>,
    pub(crate) receiving_coordinator: Option<PersonId>,
    /// Who answers for the destination.
    pub(crate) agent: Option<PersonId>,
    /// Who answered for the destination that the event took it from.
    #[serde(default)]
    pub(crate) previous_agent: Option<PersonId>,
    /// Code of the reason that was given with the event itself, where everybody who sees it may know it.
    #[serde(default)]
    pub(crate) change_reason: Option<String>,
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
        self.destination.filter(|_| self.awaits == Some(Awaits::DestinationByLink))
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
            weekdays: vec![6, 7],
            shift_code: "N12".into(),
            placement_type: "preceptorship".into(),
            awaits: Some(Awaits::DestinationByLink),
            state_changed: true,
            was_agreed: false,
            agreement: None,
            previous_dates: None,
            reached_destination: false,
            placing_coordinator: Some(id(11).into()),
            receiving_coordinator: Some(id(12).into()),
            agent: Some(id(13).into()),
            previous_agent: None,
            change_reason: None,
            reasons: Reasons::default(),
            actor: Some(id(12).into()),
        }
    }

    #[test]
    fn facts_come_back_from_storage_as_they_were() {
        let stored = serde_json::to_value(facts()).unwrap();
        assert_eq!(stored["awaits"], "DESTINATION_BY_LINK");
        assert_eq!(serde_json::from_value::<Facts>(stored).unwrap(), facts());
    }
}
