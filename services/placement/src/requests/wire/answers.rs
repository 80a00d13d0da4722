//! Answers, cancellations, words.

use kernel::{Fields, Invalid};
use proto::placement::v1::{
    AddCommentRequest, AnswerAtDestinationRequest, AnswerForAgencyRequest, CancelRequestRequest,
};

use super::fields;
use crate::requests::domain::{
    AnswerAtDestinationCommand, AnswerForAgencyCommand, CancelCommand, CommentCommand, Refusal,
};

pub fn answer_at_destination(message: &AnswerAtDestinationRequest) -> Result<AnswerAtDestinationCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let decision = fields::decision(&mut fields, message.answer, &message.reason_code, &message.comment);
    let despite = fields::despite_misfits(&mut fields, &message.despite_misfits);
    fields.finish(|| Some(AnswerAtDestinationCommand { target: target?, decision: decision?, despite: despite? }))
}

pub fn answer_for_agency(message: &AnswerForAgencyRequest) -> Result<AnswerForAgencyCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let decision = fields::decision(&mut fields, message.answer, &message.reason_code, &message.comment);
    let despite = fields::despite_misfits(&mut fields, &message.despite_misfits);
    fields.finish(|| Some(AnswerForAgencyCommand { target: target?, decision: decision?, despite: despite? }))
}

pub fn add_comment(message: &AddCommentRequest) -> Result<CommentCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let comment = fields.text("comment", &message.comment, 1..=fields::COMMENT);
    fields.finish(|| Some(CommentCommand { target: target?, comment: comment? }))
}

pub fn cancel_request(message: &CancelRequestRequest) -> Result<CancelCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let reason = fields::required_reason(&mut fields, &message.reason_code);
    let comment = fields::comment(&mut fields, &message.comment);
    fields.finish(|| Some(CancelCommand { target: target?, refusal: Refusal { reason: reason?, comment: comment? } }))
}
