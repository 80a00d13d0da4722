//! Does with many requests what was asked, each in a call of its own, so that one refusal stops none of the others. It goes on
//! though the browser goes away.

use futures::{StreamExt as _, stream};
use proto::{
    identity::v1::Role,
    placement::v1::{
        Answer, AnswerAtDestinationRequest, AnswerForAgencyRequest, CancelRequestRequest, ConfirmRequestRequest,
        DeleteRequestRequest, PlacementRequest, RedirectRequestRequest, SendRequestRequest, State,
    },
};
use tonic::{Code, Status};

use super::{
    bulk::{AT_ONCE, Bulk},
    bulk_ledger::{Hold, Ledger, Outcome, Part, Run},
};
use crate::{api::Api, failure, session::BrowserKey, text::Text};

/// Who works, and for whom.
pub(super) struct Worker {
    pub(super) api: Api,
    pub(super) text: Text,
    pub(super) role: Role,
    pub(super) key: BrowserKey,
    pub(super) ledger: Ledger,
    pub(super) hold: Hold,
    pub(super) action: Bulk,
}

impl Worker {
    /// Does what is left of it, and notes each outcome as it comes.
    pub(super) async fn work(self, mut run: Run) {
        let terms = (run.reason_code.clone(), run.comment.clone());
        let left: Vec<_> = run.parts.iter().cloned().enumerate().filter(|(_, part)| part.outcome.is_none()).collect();
        let calls = stream::iter(left).map(|(at, part)| {
            let (worker, (reason_code, comment)) = (&self, terms.clone());
            async move { (at, worker.call(part, reason_code, comment).await) }
        });
        let mut outcomes = calls.buffer_unordered(AT_ONCE).ready_chunks(AT_ONCE);
        while let Some(outcomes) = outcomes.next().await {
            for (at, outcome) in outcomes {
                match outcome {
                    Ok(state) => run.parts[at].outcome = Some(Outcome::Done(state.into())),
                    // The token has ended; whoever looks next goes on with another.
                    Err(status) if status.code() == Code::Unauthenticated => return,
                    Err(status) => run.parts[at].outcome = Some(Outcome::Refused(failure::explain(self.text, &status))),
                }
            }
            match self.ledger.note(&self.key, self.hold, &run).await {
                Ok(true) => {}
                Ok(false) => return,
                // What was done is done; asked again, the services answer the same.
                Err(failure) => tracing::warn!(reason = failure.reason(), "what was done cannot be noted"),
            }
        }
    }

    /// One call; the state that it led to.
    async fn call(&self, part: Part, reason_code: String, comment: String) -> Result<State, Status> {
        let mut requests = self.api.requests();
        let Part { id, etag, call: request_id, .. } = part;
        let state = |request: Option<PlacementRequest>| request.unwrap_or_default().state();
        Ok(match self.action {
            Bulk::Send => {
                state(requests.send_request(SendRequestRequest { id, etag, request_id }).await?.into_inner().request)
            }
            Bulk::Confirm => {
                let message = ConfirmRequestRequest { id, etag, request_id };
                state(requests.confirm_request(message).await?.into_inner().request)
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
                let answer = if self.action == Bulk::Accept { Answer::Accept } else { Answer::Decline }.into();
                let reason_code = if self.action == Bulk::Accept { String::new() } else { reason_code };
                if self.role == Role::ReceivingCoordinator {
                    let message = AnswerForAgencyRequest { id, answer, reason_code, comment, etag, request_id };
                    state(requests.answer_for_agency(message).await?.into_inner().request)
                } else {
                    let message = AnswerAtDestinationRequest { id, answer, reason_code, comment, etag, request_id };
                    state(requests.answer_at_destination(message).await?.into_inner().request)
                }
            }
        })
    }
}
