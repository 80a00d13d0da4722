//! The call of each action.

use futures::{FutureExt as _, future::BoxFuture};
use proto::placement::v1::{
    AddCommentRequest, AnswerAtDestinationRequest, AnswerForAgencyRequest, CancelRequestRequest, ChangeDatesRequest,
    ChangeDestinationRequest, ConfirmRequestRequest, DeleteRequestRequest, PostponeRequestRequest,
    ReactivateRequestRequest, RedirectRequestRequest, SendRequestRequest, State,
};
use tonic::Status;

use crate::api::Api;

/// All that any action takes; what one does not take is left aside.
#[derive(Clone, Debug, Default)]
pub(crate) struct Input {
    pub(crate) id: String,
    pub(crate) etag: String,
    pub(crate) request_id: String,
    pub(crate) answer: i32,
    pub(crate) reason_code: String,
    pub(crate) comment: String,
    pub(crate) destination_id: String,
    pub(crate) start_date: String,
    pub(crate) end_date: String,
    /// `None` leaves them.
    pub(crate) hours_per_student: Option<i32>,
    pub(crate) resubmit: bool,
    /// By numbers of the contract.
    pub(crate) despite_misfits: Vec<i32>,
}

macro_rules! calls {
    ($($name:ident: $method:ident($message:ident { $($field:ident),* }),)*) => {$(
        pub(super) fn $name(api: &Api, input: Input) -> BoxFuture<'static, Result<State, Status>> {
            let mut requests = api.requests();
            let message = $message { $($field: input.$field),* };
            let call = async move { requests.$method(message).await };
            call.map(|answer| Ok(answer?.into_inner().request.unwrap_or_default().state())).boxed()
        }
    )*};
}

calls! {
    send: send_request(SendRequestRequest { id, etag, request_id }),
    redirect: redirect_request(RedirectRequestRequest { id, destination_id, comment, etag, request_id }),
    answer_at_destination: answer_at_destination(AnswerAtDestinationRequest {
        id, answer, reason_code, comment, etag, request_id, despite_misfits
    }),
    answer_for_agency: answer_for_agency(AnswerForAgencyRequest {
        id, answer, reason_code, comment, etag, request_id, despite_misfits
    }),
    confirm: confirm_request(ConfirmRequestRequest { id, etag, request_id }),
    reactivate: reactivate_request(ReactivateRequestRequest { id, comment, etag, request_id }),
    postpone: postpone_request(PostponeRequestRequest {
        id, start_date, end_date, hours_per_student, resubmit, comment, etag, request_id
    }),
    change_dates: change_dates(ChangeDatesRequest {
        id, start_date, end_date, hours_per_student, reason_code, comment, etag, request_id
    }),
    change_destination: change_destination(ChangeDestinationRequest { id, destination_id, etag, request_id }),
    comment: add_comment(AddCommentRequest { id, comment, etag, request_id }),
    cancel: cancel_request(CancelRequestRequest { id, reason_code, comment, etag, request_id }),
}

/// What was deleted is not answered.
pub(super) fn delete(api: &Api, input: Input) -> BoxFuture<'static, Result<State, Status>> {
    let mut requests = api.requests();
    let message = DeleteRequestRequest { id: input.id, etag: input.etag, request_id: input.request_id };
    async move { requests.delete_request(message).await.map(|_| State::Deleted) }.boxed()
}
