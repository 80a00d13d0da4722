//! What every event carries.

use kernel::{Fields, Invalid};
use proto::placement::v1::{RequestFacts, RequestView, RequestViews};

use super::{codes, fields::id_or_empty, history::moved_dates};
use crate::requests::domain::{Change, EntryKind, Place, PlacementRequest, Role, Seen, Transition};

/// The request after a transition: as it is stored, for work between services, and as each side may see it, for people.
#[must_use]
pub fn request_facts(step: &Transition) -> RequestFacts {
    let Transition { request, entry, left } = step;
    let content = &request.content;
    RequestFacts {
        id: request.id.to_string(),
        reference: request.reference.to_string(),
        placing_agency_id: request.placing_agency.to_string(),
        program_id: content.program.to_string(),
        course_id: content.course.to_string(),
        receiving_agency_id: request.receiving_agency.to_string(),
        site_id: content.site.to_string(),
        service_id: content.service.to_string(),
        destination_id: id_or_empty(request.state.destination()),
        placement_type_code: content.placement_type.clone(),
        kind: codes::contract_kind(content.kind).into(),
        student_count: content.student_count.into(),
        start_date: content.dates.start().to_string(),
        end_date: content.dates.end().to_string(),
        hours_per_student: content.hours_per_student.into(),
        state: codes::state(entry.to).into(),
        previous_state: entry.from.map(codes::state).unwrap_or_default().into(),
        placing_coordinator_id: id_or_empty(request.placing_coordinator),
        receiving_coordinator_id: id_or_empty(request.receiving_coordinator),
        destination_coordinator_id: id_or_empty(request.state.unit().and_then(|unit| unit.agent)),
        reason_code: request.state.reason().map(|reason| reason.0.clone()).unwrap_or_default(),
        actor_id: id_or_empty(entry.by.person),
        on_behalf: entry.on_behalf,
        origin: codes::origin(request.origin).into(),
        views: Some(RequestViews {
            placing: seen_by(request, Role::PlacingCoordinator),
            receiving: seen_by(request, Role::ReceivingCoordinator),
            // A unit's people see what has a unit.
            destination: request.place().destination.and_then(|_| seen_by(request, Role::DestinationCoordinator)),
        }),
        previous_destination_id: id_or_empty(left.map(|unit| unit.destination)),
        previous_destination_coordinator_id: id_or_empty(left.and_then(|unit| unit.agent)),
        moved_dates: entry.moved.map(moved_dates),
        weekdays: content.weekdays.days().map(i32::from).collect(),
        shift_code: content.shift_code.clone(),
        change_reason_code: if entry.kind == EntryKind::DatesChanged {
            entry.reason.as_ref().map(|reason| reason.0.clone()).unwrap_or_default()
        } else {
            String::new()
        },
    }
}

/// Whose business an event is, read back from it.
///
/// # Errors
/// Ids that are none, or a state of another release.
pub fn change(facts: &RequestFacts, for_school: bool) -> Result<Change, Invalid> {
    let mut fields = Fields::default();
    let to = codes::status(facts.state);
    if to.is_none() {
        fields.fault("request.state", "UNKNOWN_STATE");
    }
    let request = fields.id("request.id", &facts.id);
    let school = fields.id("request.placing_agency_id", &facts.placing_agency_id);
    let program = fields.id("request.program_id", &facts.program_id);
    let agency = fields.id("request.receiving_agency_id", &facts.receiving_agency_id);
    let site = fields.id("request.site_id", &facts.site_id);
    let service = fields.id("request.service_id", &facts.service_id);
    let destination = fields.optional_id("request.destination_id", &facts.destination_id);
    let left = fields.optional_id("request.previous_destination_id", &facts.previous_destination_id);
    fields.finish(|| {
        Some(Change {
            request: request?,
            school: school?,
            program: program?,
            place: Place { agency: agency?, site: site?, service: service?, destination: destination? },
            left: left?,
            for_school,
            from: codes::status(facts.previous_state),
            to: to?,
        })
    })
}

fn seen_by(request: &PlacementRequest, role: Role) -> Option<RequestView> {
    let seen = Seen::of(request, role)?;
    Some(RequestView {
        state: codes::state(seen.status).into(),
        reason_code: seen.reason.map(|reason| reason.0.clone()).unwrap_or_default(),
    })
}
