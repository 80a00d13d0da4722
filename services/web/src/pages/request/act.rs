//! Doing something with it. What is refused is shown again with what was typed; what somebody else was faster with is explained.

use axum::{extract::Path, response::Response};
use axum_extra::extract::Form;
use proto::placement::v1::{
    AddCommentRequest, Answer, AnswerAtDestinationRequest, AnswerForAgencyRequest, CancelRequestRequest,
    ChangeDatesRequest, ChangeDestinationRequest, ConfirmRequestRequest, DeleteRequestRequest, PostponeRequestRequest,
    ReactivateRequestRequest, RedirectRequestRequest, SendRequestRequest,
};
use serde::Deserialize;
use tonic::Status;

use super::{
    address,
    deed::Deed,
    known::Known,
    page::{Asked, Attempt, page},
    show::own_back,
};
use crate::{
    api::Api,
    failure::{self, Trouble},
    faults::Faults,
    redraw::{NO_CALL, NO_VERSION, Redraw},
    visitor::SignedIn,
};

/// What the forms of all decisions hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Given {
    pub(super) answer: String,
    pub(super) reason_code: String,
    pub(super) comment: String,
    pub(super) destination_id: String,
    pub(super) start_date: String,
    pub(super) end_date: String,
    /// There if it is ticked.
    pub(super) resubmit: Option<String>,
    pub(super) etag: String,
    pub(super) request_id: String,
    /// The entry of the history that was the last on the page.
    pub(super) last_entry: String,
    pub(super) reference: String,
    pub(super) back: String,
}

pub(super) async fn submit(
    who: SignedIn,
    Path((id, verb)): Path<(String, String)>,
    Form(given): Form<Given>,
) -> Result<Response, Trouble> {
    let deed = Deed::posted(&verb, &given.answer).ok_or(Trouble::missing())?;
    if let Some(redraw) = who.redraw {
        return again(&who, &id, deed, given, redraw).await;
    }
    match perform(&who.api, &id, deed, &given).await {
        Ok(()) => Ok(who.done(deed.done(), &given.reference, &next(&id, deed, &given))),
        Err(status) => refused(&who, &id, deed, given, status).await,
    }
}

/// To where the person came from, else to the request as it is now.
fn next(id: &str, deed: Deed, given: &Given) -> String {
    let back = own_back(&given.back);
    if !back.is_empty() {
        return back;
    }
    // What was deleted has no page.
    if deed == Deed::Delete { "/requests".into() } else { address(id, "") }
}

/// The form again, if the request still offers it or somebody was faster; else the answer's own page.
async fn refused(who: &SignedIn, id: &str, deed: Deed, given: Given, status: Status) -> Result<Response, Trouble> {
    let stale = failure::reason(&status) == "STALE_ETAG";
    let faults = Faults::of(status.clone())?;
    let known = Known::read(who, id, true).await?;
    if !stale && !known.deeds.contains(&deed) {
        return Err(status.into());
    }
    let asked = Asked { open: Some(deed), back: own_back(&given.back), ..Asked::default() };
    let faults = if stale { Faults::default() } else { faults };
    Ok(page(who, &known, &asked, Some(Attempt { deed, given, faults, stale })))
}

/// The form again in another language, and nothing done.
async fn again(who: &SignedIn, id: &str, deed: Deed, given: Given, redraw: Redraw) -> Result<Response, Trouble> {
    let refused = Given { etag: NO_VERSION.into(), request_id: NO_CALL.into(), ..given.clone() };
    let refusal = redraw.refusal(perform(&who.api, id, deed, &refused)).await;
    let faults = refusal.map(Faults::of).transpose()?.unwrap_or_default();
    let known = Known::read(who, id, true).await?;
    let asked = Asked { open: Some(deed), back: own_back(&given.back), ..Asked::default() };
    let offered = known.deeds.contains(&deed);
    let attempt = offered.then_some(Attempt { deed, given, faults, stale: false });
    Ok(page(who, &known, &asked, attempt))
}

async fn perform(api: &Api, id: &str, deed: Deed, given: &Given) -> Result<(), Status> {
    let mut requests = api.requests();
    let Given { reason_code, comment, destination_id, start_date, end_date, resubmit, etag, request_id, .. } =
        given.clone();
    let id = id.to_owned();
    let answer = if deed.answer() == "accept" { Answer::Accept } else { Answer::Decline }.into();
    match deed {
        Deed::Send => requests.send_request(SendRequestRequest { id, etag, request_id }).await.map(drop),
        Deed::Redirect => {
            let message = RedirectRequestRequest { id, destination_id, comment, etag, request_id };
            requests.redirect_request(message).await.map(drop)
        }
        Deed::AcceptAtDestination | Deed::DeclineAtDestination => {
            let message = AnswerAtDestinationRequest { id, answer, reason_code, comment, etag, request_id };
            requests.answer_at_destination(message).await.map(drop)
        }
        Deed::AcceptForAgency | Deed::DeclineForAgency => {
            let message = AnswerForAgencyRequest { id, answer, reason_code, comment, etag, request_id };
            requests.answer_for_agency(message).await.map(drop)
        }
        Deed::Confirm => requests.confirm_request(ConfirmRequestRequest { id, etag, request_id }).await.map(drop),
        Deed::Reactivate => {
            let message = ReactivateRequestRequest { id, comment, etag, request_id };
            requests.reactivate_request(message).await.map(drop)
        }
        Deed::Postpone => {
            let resubmit = resubmit.is_some();
            let message = PostponeRequestRequest { id, start_date, end_date, resubmit, comment, etag, request_id };
            requests.postpone_request(message).await.map(drop)
        }
        Deed::ChangeDates => {
            let message = ChangeDatesRequest { id, start_date, end_date, etag, request_id };
            requests.change_dates(message).await.map(drop)
        }
        Deed::ChangeDestination => {
            let message = ChangeDestinationRequest { id, destination_id, etag, request_id };
            requests.change_destination(message).await.map(drop)
        }
        Deed::Comment => {
            let message = AddCommentRequest { id, comment, etag, request_id };
            requests.add_comment(message).await.map(drop)
        }
        Deed::Cancel => {
            let message = CancelRequestRequest { id, reason_code, comment, etag, request_id };
            requests.cancel_request(message).await.map(drop)
        }
        Deed::Delete => requests.delete_request(DeleteRequestRequest { id, etag, request_id }).await.map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn afterwards_one_is_where_one_came_from_and_never_elsewhere() {
        let from = |back: &str| Given { back: back.into(), ..Given::default() };
        assert_eq!(next("7", Deed::Confirm, &from("/requests?state=sent")), "/requests?state=sent");
        assert_eq!(next("7", Deed::Confirm, &from("")), "/requests/7");
        assert_eq!(next("7", Deed::Delete, &from("")), "/requests");
        assert_eq!(next("7", Deed::Confirm, &from("//example.org")), "/");
    }
}
