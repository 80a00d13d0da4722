//! A request as somebody may see it.

use kernel::{DateRange, Locale};
use proto::placement::v1::{Names, PlacementRequest, PlacementRequestSummary};
use terms::Audience;

use super::{codes, content, fields::id_or_empty};
use crate::requests::domain::{self, Summary, View};

/// Writes a view in the reader's language.
#[must_use]
pub fn placement_request(view: View, locale: Locale) -> PlacementRequest {
    let View { summary, version, updated_at, reason, answer_comment, actions, misfits, role } = view;
    let Summary { request, status, names, turn, changed_by_others, closed } = summary;
    let state = codes::state(status);
    let destination = request.destination();
    PlacementRequest {
        id: request.id.to_string(),
        reference: request.reference.to_string(),
        origin: codes::origin(request.origin).into(),
        placing_agency_id: request.placing_agency.to_string(),
        receiving_agency_id: request.receiving_agency.to_string(),
        state: state.into(),
        state_label: terms::state_label(state, Audience::of(codes::role(role)), locale),
        release_date: id_or_empty(request.state.release_on()),
        reason_code: reason.map(|reason| reason.0).unwrap_or_default(),
        answer_comment,
        placing_coordinator_id: id_or_empty(request.placing_coordinator),
        receiving_coordinator_id: id_or_empty(request.receiving_coordinator),
        destination_coordinator_id: id_or_empty(request.state.unit().and_then(|unit| unit.agent)),
        create_time: Some(proto::timestamp(request.created_at)),
        update_time: Some(proto::timestamp(updated_at)),
        etag: version.to_string(),
        actions: actions.into_iter().map(codes::action).map(Into::into).collect(),
        misfits: misfits.into_iter().map(codes::misfit).map(Into::into).collect(),
        names: Some(written(names)),
        tags: request.tags.into_iter().map(|tag| tag.code().to_owned()).collect(),
        due_date: id_or_empty(turn.due),
        overdue: turn.overdue,
        waiting_for: codes::waiting_for(turn.waiting_for).into(),
        changed_by_others,
        closure_start_date: id_or_empty(closed.map(DateRange::start)),
        closure_end_date: id_or_empty(closed.map(DateRange::end)),
        ..content::written(request.content, destination)
    }
}

/// Writes a row of a list in the reader's language.
#[must_use]
pub fn summary(summary: Summary, locale: Locale) -> PlacementRequestSummary {
    let Summary { request, status, names, turn, changed_by_others, closed } = summary;
    let dates = request.content.dates;
    PlacementRequestSummary {
        id: request.id.to_string(),
        reference: request.reference.to_string(),
        state: codes::state(status).into(),
        student_count: request.content.student_count.into(),
        start_date: dates.start().to_string(),
        end_date: dates.end().to_string(),
        placing_agency: names.placing_agency,
        program: names.program.get(locale).to_owned(),
        course: names.course,
        site: names.site,
        service: names.service.get(locale).to_owned(),
        destination: names.destination,
        due_date: id_or_empty(turn.due),
        overdue: turn.overdue,
        waiting_for: codes::waiting_for(turn.waiting_for).into(),
        changed_by_others,
        closure_start_date: id_or_empty(closed.map(DateRange::start)),
        closure_end_date: id_or_empty(closed.map(DateRange::end)),
    }
}

fn written(names: domain::Names) -> Names {
    Names {
        placing_agency: names.placing_agency,
        program: Some(names.program.into()),
        course: names.course,
        receiving_agency: names.receiving_agency,
        site: names.site,
        service: Some(names.service.into()),
        destination: names.destination,
        placing_coordinator: names.placing_coordinator,
        receiving_coordinator: names.receiving_coordinator,
        destination_coordinator: names.destination_coordinator,
        placement_type: Some(names.placement_type.into()),
    }
}
