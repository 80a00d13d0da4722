//! What every event carries.

use proto::placement::v1::{RequestFacts, RequestView, RequestViews};

use super::{codes, fields::id_or_empty};
use crate::requests::domain::{PlacementRequest, Role, Seen, Transition};

/// The request after a transition: as it is stored, for work between services, and as each side may see it, for people.
#[must_use]
pub fn request_facts(step: &Transition) -> RequestFacts {
    let Transition { request, entry, .. } = step;
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
    }
}

fn seen_by(request: &PlacementRequest, role: Role) -> Option<RequestView> {
    let seen = Seen::of(request, role)?;
    Some(RequestView {
        state: codes::state(seen.status).into(),
        reason_code: seen.reason.map(|reason| reason.0.clone()).unwrap_or_default(),
    })
}
