//! Does with many requests what was asked, each in a call of its own, so that one refusal stops none of the others; and says
//! of each what became of it.

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Form;
use futures::{StreamExt as _, stream};
use proto::identity::v1::Role;
use proto::placement::v1::{
    Answer, AnswerAtDestinationRequest, AnswerForAgencyRequest, CancelRequestRequest, ConfirmRequestRequest,
    DeleteRequestRequest, PlacementRequest, RedirectRequestRequest, SendRequestRequest, State,
};
use serde::Deserialize;
use tonic::Status;
use tonic_types::StatusExt as _;

use super::bulk::{self, AT_ONCE, Bulk, Given, MOST};
use crate::{
    failure::{self, Trouble, render},
    faults::Faults,
    frame::{Frame, Room},
    redraw::Redraw,
    text::Text,
    visitor::SignedIn,
};

/// What became of one request.
struct Outcome {
    id: String,
    reference: String,
    /// The state that it has come to, with its name; the refusal otherwise.
    result: Result<(State, String), String>,
}

#[derive(Template)]
#[template(path = "requests/bulk_done.html")]
struct Page<'a> {
    text: Text,
    frame: Frame,
    action: Bulk,
    given: &'a Given,
    back: &'a str,
    done: u32,
    refused: u32,
    outcomes: Vec<Outcome>,
}

/// What the page before carried, and what was typed there.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    action: String,
    row: Vec<String>,
    reason_code: String,
    comment: String,
    back: Option<String>,
}

/// One of the requests, as it was read.
#[derive(Debug, PartialEq, Eq)]
struct Target {
    id: String,
    etag: String,
    call: String,
    reference: String,
}

impl Target {
    fn read(carried: &str) -> Option<Self> {
        let mut words = carried.split(' ').map(str::to_owned);
        Some(Self { id: words.next()?, etag: words.next()?, call: words.next()?, reference: words.next()? })
    }
}

pub(crate) async fn run(who: SignedIn, Form(asked): Form<Asked>) -> Result<Response, Trouble> {
    let targets: Vec<_> = asked.row.iter().filter_map(|row| Target::read(row)).take(MOST).collect();
    let given = Given {
        action: asked.action,
        id: targets.iter().map(|target| target.id.clone()).collect(),
        reason_code: asked.reason_code,
        comment: asked.comment,
        back: asked.back,
    };
    let (text, role) = (who.text(), who.session.role());
    let action = given.action(role)?;
    if who.redraw == Some(Redraw::Typed) {
        return bulk::show(&who, &given, Faults::default()).await;
    }
    if action.reason().is_some() && given.reason_code.is_empty() {
        let mut faults = Faults::default();
        faults.add("reason_code", text.t("requests-reason-missing"));
        return bulk::show(&who, &given, faults).await;
    }
    let calls = stream::iter(targets).map(|target| outcome(&who, action, &given, target));
    let outcomes: Vec<_> = calls.buffered(AT_ONCE).collect().await;
    let count = |is: fn(&Outcome) -> bool| u32::try_from(outcomes.iter().filter(|o| is(o)).count()).unwrap_or(u32::MAX);
    let (done, refused) = (count(|o| o.result.is_ok()), count(|o| o.result.is_err()));
    let back = given.back();
    let frame = Frame { here: back.to_owned(), ..who.frame(Room::Requests) };
    Ok(render(&Page { text, frame, action, given: &given, back, done, refused, outcomes }).into_response())
}

async fn outcome(who: &SignedIn, action: Bulk, given: &Given, target: Target) -> Outcome {
    let text = who.text();
    let (id, reference) = (target.id.clone(), target.reference.clone());
    let result = match call(who, action, given, target).await {
        Ok(state) => Ok((state, text.state(state, who.session.role()))),
        Err(status) => Err(refusal(text, &status)),
    };
    Outcome { id, reference, result }
}

/// One call; the state that it led to.
async fn call(who: &SignedIn, action: Bulk, given: &Given, target: Target) -> Result<State, Status> {
    let mut requests = who.api.requests();
    let Target { id, etag, call: request_id, .. } = target;
    let (comment, reason_code) = (given.comment.clone(), given.reason_code.clone());
    let state = |request: Option<PlacementRequest>| request.unwrap_or_default().state();
    Ok(match action {
        Bulk::Send => {
            state(requests.send_request(SendRequestRequest { id, etag, request_id }).await?.into_inner().request)
        }
        Bulk::Confirm => {
            state(requests.confirm_request(ConfirmRequestRequest { id, etag, request_id }).await?.into_inner().request)
        }
        Bulk::Delete => {
            requests.delete_request(DeleteRequestRequest { id, etag, request_id }).await?;
            State::Deleted
        }
        Bulk::Cancel => {
            let message = CancelRequestRequest { id, reason_code, comment, etag, request_id };
            state(requests.cancel_request(message).await?.into_inner().request)
        }
        Bulk::Redirect => {
            let message = RedirectRequestRequest { id, destination_id: String::new(), comment, etag, request_id };
            state(requests.redirect_request(message).await?.into_inner().request)
        }
        Bulk::Accept | Bulk::Decline => {
            let answer = if action == Bulk::Accept { Answer::Accept } else { Answer::Decline }.into();
            let reason_code = if action == Bulk::Accept { String::new() } else { reason_code };
            if who.session.role() == Role::ReceivingCoordinator {
                let message = AnswerForAgencyRequest { id, answer, reason_code, comment, etag, request_id };
                state(requests.answer_for_agency(message).await?.into_inner().request)
            } else {
                let message = AnswerAtDestinationRequest { id, answer, reason_code, comment, etag, request_id };
                state(requests.answer_at_destination(message).await?.into_inner().request)
            }
        }
    })
}

/// What people read of a refusal: what is wrong with fields, if that is the cause.
fn refusal(text: Text, status: &Status) -> String {
    let fields = status.get_details_bad_request().map(|b| b.field_violations).unwrap_or_default();
    if fields.is_empty() {
        return failure::told(text, status);
    }
    fields.into_iter().map(|violation| violation.description).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_carried() {
        let target = Target::read("01a2 7 01a3 QC-7F3K-29").unwrap();
        assert_eq!(
            (&*target.id, &*target.etag, &*target.call, &*target.reference),
            ("01a2", "7", "01a3", "QC-7F3K-29")
        );
        assert_eq!(Target::read("01a2 7"), None);
    }
}
