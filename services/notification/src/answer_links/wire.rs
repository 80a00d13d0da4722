//! Answer links: what is asked, what is read, what placement is told.

use directory::model::Reason;
use kernel::{Fields, Invalid, Locale};
use proto::{notification::v1 as pb, placement::v1 as placement};

use super::domain::{Answer, AnswerByLink, AnswerLink};

/// Most characters of words that go with an answer.
const COMMENT_CHARACTERS: usize = 4000;
/// Most characters of a version.
const ETAG_CHARACTERS: usize = 40;
/// Most characters that are looked at as a token.
const TOKEN_CHARACTERS: usize = 400;

/// The token of a look-up.
pub(super) fn parse_look_up(message: &pb::LookUpAnswerLinkRequest) -> Result<String, Invalid> {
    let mut fields = Fields::default();
    let token = fields.text("token", &message.token, 1..=TOKEN_CHARACTERS);
    fields.finish(|| token)
}

/// The answer that a link is used for.
pub(super) fn parse_use(message: &pb::UseAnswerLinkRequest) -> Result<AnswerByLink, Invalid> {
    let mut fields = Fields::default();
    let token = fields.text("token", &message.token, 1..=TOKEN_CHARACTERS);
    let answer = match message.answer() {
        placement::Answer::Unspecified => {
            fields.fault("answer", "REQUIRED");
            None
        }
        placement::Answer::Accept => Some(Answer::Accept),
        placement::Answer::Decline => Some(Answer::Decline),
    };
    let least = usize::from(answer == Some(Answer::Decline));
    let reason = fields.text("reason_code", &message.reason_code, least..=40);
    let comment = fields.text("comment", &message.comment, 0..=COMMENT_CHARACTERS);
    let etag = fields.text("etag", &message.etag, 0..=ETAG_CHARACTERS);
    if !message.despite_misfits.iter().all(|number| placement::Misfit::try_from(*number).is_ok_and(is_named)) {
        fields.fault("despite_misfits", "UNKNOWN_VALUE");
    }
    fields.finish(|| {
        let reason = reason.filter(|code| !code.is_empty());
        let despite = message.despite_misfits.clone();
        Some(AnswerByLink { token: token?, answer: answer?, reason, comment: comment?, etag: etag?, despite })
    })
}

fn is_named(misfit: placement::Misfit) -> bool {
    misfit != placement::Misfit::Unspecified
}

/// What placement is asked before the page is shown.
pub(super) fn describe(link: &AnswerLink) -> placement::DescribeForLinkRequest {
    placement::DescribeForLinkRequest {
        id: link.request.to_string(),
        agent_id: link.agent.to_string(),
        destination_id: link.destination.to_string(),
    }
}

/// What the agent reads.
pub(super) fn page(
    link: &AnswerLink,
    locale: Locale,
    reasons: &[Reason],
    request: placement::PlacementRequest,
) -> pb::LookUpAnswerLinkResponse {
    let names = request.names.unwrap_or_default();
    pb::LookUpAnswerLinkResponse {
        language: locale.code().to_owned(),
        reference: request.reference,
        placing_agency: names.placing_agency,
        program: names.program,
        site: names.site,
        destination: names.destination,
        start_date: request.start_date,
        end_date: request.end_date,
        student_count: request.student_count,
        hours_per_student: request.hours_per_student,
        comment: request.comment,
        receiving_coordinator: names.receiving_coordinator,
        expires_at: Some(proto::timestamp(link.expires_at)),
        decline_reasons: reasons.iter().map(reason).collect(),
        weekdays: request.weekdays,
        shift_code: request.shift_code,
        placement_type: names.placement_type,
        kind: request.kind,
        service: names.service,
        etag: request.etag,
        misfits: request.misfits,
    }
}

/// What placement is told. The link's id makes a repeated answer one answer there.
pub(super) fn answer(link: &AnswerLink, by_link: &AnswerByLink) -> placement::AnswerByLinkRequest {
    placement::AnswerByLinkRequest {
        id: link.request.to_string(),
        agent_id: link.agent.to_string(),
        destination_id: link.destination.to_string(),
        answer: code(by_link.answer).into(),
        reason_code: by_link.reason.clone().unwrap_or_default(),
        comment: by_link.comment.clone(),
        request_id: link.id.to_string(),
        etag: by_link.etag.clone(),
        despite_misfits: by_link.despite.clone(),
    }
}

/// That the answer was taken.
pub(super) fn taken(answer: Answer, reference: String) -> pb::UseAnswerLinkResponse {
    pb::UseAnswerLinkResponse { answer: code(answer).into(), reference }
}

fn code(answer: Answer) -> placement::Answer {
    match answer {
        Answer::Accept => placement::Answer::Accept,
        Answer::Decline => placement::Answer::Decline,
    }
}

fn reason(reason: &Reason) -> pb::DeclineReason {
    pb::DeclineReason { code: reason.code.clone(), name: Some(reason.name.clone().into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_needs_a_reason_and_words_have_a_length() {
        let mut message = pb::UseAnswerLinkRequest { token: "t".into(), ..Default::default() };
        message.set_answer(placement::Answer::Decline);
        message.comment = "x".repeat(4001);
        let faults = parse_use(&message).err().unwrap().0;
        let faults: Vec<_> = faults.iter().map(|f| (f.field.as_str(), f.reason)).collect();
        assert_eq!(faults, [("reason_code", "REQUIRED"), ("comment", "TOO_LONG")]);
        let unknown = pb::UseAnswerLinkRequest { despite_misfits: vec![1, 0], ..message };
        assert!(parse_use(&unknown).err().unwrap().0.iter().any(|fault| fault.field == "despite_misfits"));
        let nothing = parse_use(&pb::UseAnswerLinkRequest::default()).err().unwrap().0;
        assert_eq!(nothing.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["token", "answer"]);
    }
}
