//! What placement's events say.

use jiff::civil::Date;
use kernel::{Fields, Invalid, PersonId};
use proto::placement::v1 as pb;

use super::domain::{AffectedRequests, Agreement, Awaits, Facts, Reasons, Trigger};

/// An event of a request: what it triggers, and the facts that it carries.
pub(crate) trait RequestEvent: proto::Event {
    const TRIGGER: Trigger;

    fn request(&self) -> Option<&pb::RequestFacts>;
}

/// Something that is done with each of these events.
pub(crate) trait EachRequestEvent {
    fn take<E: RequestEvent>(self) -> Self;
}

/// Each event of a request that is consumed. Sending off-line is not: the school asks such an agency by itself. Neither are
/// drafts and holds, which concern nobody but the school.
macro_rules! triggers {
    ($($event:ident => $trigger:ident),* $(,)?) => {
    $(
        impl RequestEvent for pb::$event {
            const TRIGGER: Trigger = Trigger::$trigger;

            fn request(&self) -> Option<&pb::RequestFacts> {
                self.request.as_ref()
            }
        }
    )*

        /// Their types.
        pub(crate) const EVENTS_OF_REQUESTS: &[&str] = &[$(<pb::$event as proto::Event>::TYPE),*];

        /// Does something with each of them.
        pub(crate) fn each_request_event<T: EachRequestEvent>(each: T) -> T {
            each$(.take::<pb::$event>())*
        }
    };
}

triggers! {
    RequestSent => Sent,
    RequestRedirected => Redirected,
    RequestAcceptedByDestination => AcceptedByDestination,
    RequestDeclinedByDestination => DeclinedByDestination,
    RequestAccepted => Accepted,
    RequestDeclined => Declined,
    RequestConfirmed => Confirmed,
    RequestCancelled => Cancelled,
    RequestReactivated => Reactivated,
    RequestPostponed => Postponed,
    RequestDatesChanged => DatesChanged,
    RequestDestinationChanged => DestinationChanged,
}

/// The facts that an event carries. What a draft may lack, such as dates, no event that notification takes does.
pub(crate) fn facts(event: &impl RequestEvent) -> Result<Facts, Invalid> {
    parse(event.request().ok_or_else(|| Invalid::field("request", "REQUIRED"))?)
}

/// Whom a closure concerns, and with how many requests.
pub(crate) fn affected_requests(
    event: &pb::RequestsAffectedByClosure,
) -> Result<(PersonId, AffectedRequests), Invalid> {
    let mut fields = Fields::default();
    let closure = fields.id("closure_id", &event.closure_id);
    let person = fields.id("placing_coordinator_id", &event.placing_coordinator_id);
    fields.finish(|| Some((person?, AffectedRequests { closure: closure?, count: event.request_count })))
}

fn parse(message: &pb::RequestFacts) -> Result<Facts, Invalid> {
    let mut fields = Fields::default();
    let request = fields.id("request.id", &message.id);
    let reference = fields.text("request.reference", &message.reference, 1..=40);
    let placing_agency = fields.id("request.placing_agency_id", &message.placing_agency_id);
    let program = fields.id("request.program_id", &message.program_id);
    let receiving_agency = fields.id("request.receiving_agency_id", &message.receiving_agency_id);
    let site = fields.id("request.site_id", &message.site_id);
    let service = fields.id("request.service_id", &message.service_id);
    let destination = fields.optional_id("request.destination_id", &message.destination_id);
    let days = fields.dates(("request.start_date", &message.start_date), ("request.end_date", &message.end_date));
    let placing_coordinator = fields.optional_id("request.placing_coordinator_id", &message.placing_coordinator_id);
    let receiving_coordinator =
        fields.optional_id("request.receiving_coordinator_id", &message.receiving_coordinator_id);
    let agent = fields.optional_id("request.destination_coordinator_id", &message.destination_coordinator_id);
    let previous_agent =
        fields.optional_id("request.previous_destination_coordinator_id", &message.previous_destination_coordinator_id);
    let actor = fields.optional_id("request.actor_id", &message.actor_id);
    let previous_dates = previous_dates(&mut fields, message.moved_dates.as_ref());
    if message.state() == pb::State::Unspecified {
        fields.fault("request.state", "REQUIRED");
    }
    fields.finish(|| {
        let days = days?;
        Some(Facts {
            request: request?,
            reference: reference?,
            placing_agency: placing_agency?,
            program: program?,
            receiving_agency: receiving_agency?,
            site: site?,
            service: service?,
            destination: destination?,
            student_count: message.student_count,
            start: days.start(),
            end: days.end(),
            hours_per_student: message.hours_per_student,
            weekdays: message.weekdays.iter().filter_map(|day| u8::try_from(*day).ok()).collect(),
            shift_code: message.shift_code.clone(),
            placement_type: message.placement_type_code.clone(),
            awaits: awaits(message.state()),
            state_changed: message.state() != message.previous_state(),
            was_agreed: agreement(message.previous_state()).is_some(),
            agreement: agreement(message.state()),
            previous_dates: previous_dates?,
            reached_destination: has_reached_destination(message.previous_state()),
            placing_coordinator: placing_coordinator?,
            receiving_coordinator: receiving_coordinator?,
            agent: agent?,
            previous_agent: previous_agent?,
            change_reason: Some(message.change_reason_code.clone()).filter(|code| !code.is_empty()),
            reasons: message.views.as_ref().map(reasons).unwrap_or_default(),
            actor: actor?,
        })
    })
}

fn reasons(views: &pb::RequestViews) -> Reasons {
    let of = |view: &Option<pb::RequestView>| {
        view.as_ref().map(|view| view.reason_code.clone()).filter(|code| !code.is_empty())
    };
    Reasons { placing: of(&views.placing), receiving: of(&views.receiving), destination: of(&views.destination) }
}

const fn awaits(state: pb::State) -> Option<Awaits> {
    match state {
        pb::State::Sent => Some(Awaits::Coordinator),
        pb::State::Redirected | pb::State::RedirectedAutomatically => Some(Awaits::Destination),
        pb::State::RedirectedOffline => Some(Awaits::DestinationByLink),
        _ => None,
    }
}

fn previous_dates(fields: &mut Fields, moved: Option<&pb::MovedDates>) -> Option<Option<(Date, Date)>> {
    let Some(moved) = moved else { return Some(None) };
    let start = ("request.moved_dates.previous_start_date", &*moved.previous_start_date);
    let days = fields.dates(start, ("request.moved_dates.previous_end_date", &moved.previous_end_date))?;
    Some(Some((days.start(), days.end())))
}

const fn agreement(state: pb::State) -> Option<Agreement> {
    match state {
        pb::State::Accepted => Some(Agreement::Accepted),
        pb::State::Confirmed => Some(Agreement::Confirmed),
        _ => None,
    }
}

const fn has_reached_destination(state: pb::State) -> bool {
    use pb::State::{Deleted, Draft, Held, Sent, SentOffline};
    !matches!(state, Draft | Held | Sent | SentOffline | Deleted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_an_event_is_told() {
        let message = pb::RequestFacts { id: "x".into(), actor_id: "y".into(), ..pb::RequestFacts::default() };
        let faults: Vec<_> = parse(&message).unwrap_err().0.into_iter().map(|f| f.field).collect();
        for field in ["request.id", "request.reference", "request.site_id", "request.actor_id", "request.state"] {
            assert!(faults.iter().any(|f| f == field), "{field} in {faults:?}");
        }
        assert_eq!(facts(&pb::RequestSent { request: None }).unwrap_err().0[0].field, "request");
    }
}
