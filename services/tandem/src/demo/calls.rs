//! Acts as calls of placement.

use proto::placement::v1::{
    AddCommentRequest, Answer as Word, AnswerAtDestinationRequest, AnswerForAgencyRequest, CancelRequestRequest,
    ChangeDatesRequest, ChangeDestinationRequest, ConfirmRequestRequest, CreateRequestRequest, DeleteRequestRequest,
    Misfit, PlacementRequest, PostponeRequestRequest, ReactivateRequestRequest, RedirectRequestRequest,
    SendRequestRequest, placement_request_service_client::PlacementRequestServiceClient,
};

use super::{
    callers::Caller,
    steps::{Action, Answer, Content},
    world::World,
};

type Client = PlacementRequestServiceClient<Caller>;

/// Makes a request.
pub(super) async fn create(client: &mut Client, world: &World, content: &Content) -> anyhow::Result<PlacementRequest> {
    let program = &world.programs[content.program];
    let course = &program.courses[content.course];
    let unit = &world.units[content.unit];
    let request = PlacementRequest {
        // Only a host says for which school it enters a request.
        placing_agency_id: if program.user { String::new() } else { program.school.to_string() },
        program_id: program.id.to_string(),
        course_id: course.id.to_string(),
        site_id: world.site_of(content.unit).id.to_string(),
        service_id: world.service_of(content.unit).id.to_string(),
        destination_id: if content.wish { unit.id.to_string() } else { String::new() },
        placement_type_code: course.kind.to_owned(),
        kind: content.kind.into(),
        student_count: content.students,
        start_date: content.days.0.to_string(),
        end_date: content.days.1.to_string(),
        weekdays: content.weekdays.iter().map(|day| (*day).into()).collect(),
        shift_code: content.shift.to_owned(),
        hours_per_student: course.hours,
        comment: content.comment.clone(),
        use_release_date: content.held,
        ..PlacementRequest::default()
    };
    let ask = CreateRequestRequest { request: Some(request), request_id: String::new() };
    let answer = client.create_request(ask).await?.into_inner();
    answer.request.ok_or_else(|| anyhow::anyhow!("no request came back"))
}

/// Does something with the request `id`.
pub(super) async fn perform(client: &mut Client, world: &World, id: String, action: &Action) -> anyhow::Result<()> {
    let (etag, request_id) = (String::new(), String::new());
    match action.clone() {
        Action::Create(_) | Action::Release | Action::AnswerByLink(_) => {
            anyhow::bail!("nothing that is done with a request")
        }
        Action::Delete => drop(client.delete_request(DeleteRequestRequest { id, etag, request_id }).await?),
        Action::Send => drop(client.send_request(SendRequestRequest { id, etag, request_id }).await?),
        Action::Redirect { unit, comment } => {
            let destination_id = world.units[unit].id.to_string();
            let ask = RedirectRequestRequest { id, destination_id, comment, etag, request_id };
            client.redirect_request(ask).await?;
        }
        Action::AnswerAtDestination(Answer { accept, reason, comment }) => {
            let (answer, reason_code) = (word(accept), reason.to_owned());
            let despite_misfits = knowing();
            let ask =
                AnswerAtDestinationRequest { id, answer, reason_code, comment, etag, request_id, despite_misfits };
            client.answer_at_destination(ask).await?;
        }
        Action::AnswerForAgency(Answer { accept, reason, comment }) => {
            let (answer, reason_code) = (word(accept), reason.to_owned());
            let despite_misfits = knowing();
            let ask = AnswerForAgencyRequest { id, answer, reason_code, comment, etag, request_id, despite_misfits };
            client.answer_for_agency(ask).await?;
        }
        Action::Confirm => drop(client.confirm_request(ConfirmRequestRequest { id, etag, request_id }).await?),
        Action::Cancel { reason, comment } => {
            let ask = CancelRequestRequest { id, reason_code: reason.to_owned(), comment, etag, request_id };
            client.cancel_request(ask).await?;
        }
        Action::Reactivate { comment } => {
            client.reactivate_request(ReactivateRequestRequest { id, comment, etag, request_id }).await?;
        }
        Action::Postpone { days, resubmit, comment } => {
            let (start_date, end_date) = (days.0.to_string(), days.1.to_string());
            let ask = PostponeRequestRequest {
                id,
                start_date,
                end_date,
                resubmit,
                comment,
                etag,
                request_id,
                ..PostponeRequestRequest::default()
            };
            client.postpone_request(ask).await?;
        }
        Action::ChangeDates { days } => {
            let (start_date, end_date) = (days.0.to_string(), days.1.to_string());
            let ask =
                ChangeDatesRequest { id, start_date, end_date, etag, request_id, ..ChangeDatesRequest::default() };
            client.change_dates(ask).await?;
        }
        Action::ChangeDestination { unit } => {
            let destination_id = world.units[unit].id.to_string();
            client.change_destination(ChangeDestinationRequest { id, destination_id, etag, request_id }).await?;
        }
        Action::Comment { comment } => {
            client.add_comment(AddCommentRequest { id, comment, etag, request_id }).await?;
        }
    }
    Ok(())
}

fn word(accept: bool) -> i32 {
    (if accept { Word::Accept } else { Word::Decline }).into()
}

/// Whatever does not fit: people of the demonstration say yes with their eyes open.
pub(super) fn knowing() -> Vec<i32> {
    [Misfit::Capacity, Misfit::GroupSize, Misfit::Closed].map(Into::into).to_vec()
}
