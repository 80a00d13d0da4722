//! Every action of a request. A new one is an entry here, its words in `locales`, and its call.

use proto::{
    configuration::v1::ReasonUse,
    identity::v1::Role,
    placement::v1::{Action as Code, Answer, State},
};

use super::{
    action::{Action, Bulk, Effect, Field, Need},
    calls, wording,
};

/// In the order of the page: what moves the request on, what changes it, what ends it.
pub(super) static ALL: &[&Action] = &[
    &SEND,
    &REDIRECT,
    &ACCEPT_AT_DESTINATION,
    &DECLINE_AT_DESTINATION,
    &ACCEPT_FOR_AGENCY,
    &DECLINE_FOR_AGENCY,
    &CONFIRM,
    &REACTIVATE,
    &POSTPONE,
    &CHANGE_DATES,
    &CHANGE_DESTINATION,
    &COMMENT,
    &CANCEL,
    &DELETE,
];

const OPTIONAL_COMMENT: Field = Field::Comment { required: false };
const REASON_TO_ACCEPT: Field = Field::Reason { used_for: ReasonUse::Accept, required: false };
const REASON_TO_DECLINE: Field = Field::Reason { used_for: ReasonUse::Decline, required: true };

pub(crate) static SEND: Action = Action {
    slug: "send",
    code: Code::Send,
    answer: Answer::Unspecified,
    verb: "send",
    impossible_in: &[],
    effect: Effect::MovesOn,
    fields: &[],
    wording: |_, _| (None, "request-then-send"),
    done: "done-request-send",
    bulk: Some(Bulk { name: "send", roles: &[Role::PlacingCoordinator], needs: Need::Nothing }),
    call: calls::send,
};

pub(crate) static REDIRECT: Action = Action {
    slug: "redirect",
    code: Code::Redirect,
    answer: Answer::Unspecified,
    verb: "redirect",
    impossible_in: &[],
    effect: Effect::MovesOn,
    fields: &[Field::Destination, OPTIONAL_COMMENT],
    wording: |_, _| (None, "request-then-redirect"),
    done: "done-request-redirect",
    bulk: Some(Bulk { name: "redirect", roles: &[Role::ReceivingCoordinator], needs: Need::Destination }),
    call: calls::redirect,
};

pub(crate) static ACCEPT_AT_DESTINATION: Action = Action {
    slug: "accept-at-destination",
    code: Code::AnswerAtDestination,
    answer: Answer::Accept,
    verb: "answer-at-destination",
    impossible_in: &[],
    effect: Effect::MovesOn,
    fields: &[Field::Misfits, REASON_TO_ACCEPT, OPTIONAL_COMMENT],
    wording: wording::accept_at_destination,
    done: "done-request-accept",
    bulk: Some(Bulk { name: "accept", roles: &[Role::DestinationCoordinator], needs: Need::Nothing }),
    call: calls::answer_at_destination,
};

pub(crate) static DECLINE_AT_DESTINATION: Action = Action {
    slug: "decline-at-destination",
    code: Code::AnswerAtDestination,
    answer: Answer::Decline,
    verb: "answer-at-destination",
    impossible_in: &[State::DeclinedByDestination],
    effect: Effect::Ends,
    fields: &[REASON_TO_DECLINE, OPTIONAL_COMMENT],
    wording: wording::decline_at_destination,
    done: "done-request-decline",
    bulk: Some(Bulk { name: "decline", roles: &[Role::DestinationCoordinator], needs: Need::Nothing }),
    call: calls::answer_at_destination,
};

pub(crate) static ACCEPT_FOR_AGENCY: Action = Action {
    slug: "accept-for-agency",
    code: Code::AnswerForAgency,
    answer: Answer::Accept,
    verb: "answer-for-agency",
    impossible_in: &[],
    effect: Effect::MovesOn,
    fields: &[Field::Misfits, REASON_TO_ACCEPT, OPTIONAL_COMMENT],
    wording: wording::accept_for_agency,
    done: "done-request-accept",
    bulk: Some(Bulk { name: "accept", roles: &[Role::ReceivingCoordinator], needs: Need::Nothing }),
    call: calls::answer_for_agency,
};

pub(crate) static DECLINE_FOR_AGENCY: Action = Action {
    slug: "decline-for-agency",
    code: Code::AnswerForAgency,
    answer: Answer::Decline,
    verb: "answer-for-agency",
    impossible_in: &[State::AcceptedByDestination, State::Declined],
    effect: Effect::Ends,
    fields: &[REASON_TO_DECLINE, OPTIONAL_COMMENT],
    wording: wording::decline_for_agency,
    done: "done-request-decline",
    bulk: Some(Bulk { name: "decline", roles: &[Role::ReceivingCoordinator], needs: Need::Nothing }),
    call: calls::answer_for_agency,
};

pub(super) static CONFIRM: Action = Action {
    slug: "confirm",
    code: Code::Confirm,
    answer: Answer::Unspecified,
    verb: "confirm",
    impossible_in: &[],
    effect: Effect::MovesOn,
    fields: &[],
    wording: wording::confirm,
    done: "done-request-confirm",
    bulk: Some(Bulk { name: "confirm", roles: &[Role::PlacingCoordinator], needs: Need::Nothing }),
    call: calls::confirm,
};

pub(super) static REACTIVATE: Action = Action {
    slug: "reactivate",
    code: Code::Reactivate,
    answer: Answer::Unspecified,
    verb: "reactivate",
    impossible_in: &[],
    effect: Effect::Changes,
    fields: &[OPTIONAL_COMMENT],
    wording: |_, _| (None, "request-then-reactivate"),
    done: "done-request-reactivate",
    bulk: None,
    call: calls::reactivate,
};

pub(super) static POSTPONE: Action = Action {
    slug: "postpone",
    code: Code::Postpone,
    answer: Answer::Unspecified,
    verb: "postpone",
    impossible_in: &[],
    effect: Effect::Changes,
    fields: &[Field::Dates, Field::Hours, Field::Resubmit, OPTIONAL_COMMENT],
    wording: |_, _| (None, "request-then-postpone"),
    done: "done-request-postpone",
    bulk: None,
    call: calls::postpone,
};

pub(super) static CHANGE_DATES: Action = Action {
    slug: "change-dates",
    code: Code::ChangeDates,
    answer: Answer::Unspecified,
    verb: "change-dates",
    impossible_in: &[],
    effect: Effect::Changes,
    fields: &[
        Field::Dates,
        Field::Hours,
        Field::Reason { used_for: ReasonUse::Cancel, required: false },
        OPTIONAL_COMMENT,
    ],
    wording: wording::change_dates,
    done: "done-request-change-dates",
    bulk: None,
    call: calls::change_dates,
};

pub(super) static CHANGE_DESTINATION: Action = Action {
    slug: "change-destination",
    code: Code::ChangeDestination,
    answer: Answer::Unspecified,
    verb: "change-destination",
    impossible_in: &[],
    effect: Effect::Changes,
    fields: &[Field::Destination],
    wording: wording::change_destination,
    done: "done-request-change-destination",
    bulk: None,
    call: calls::change_destination,
};

pub(super) static COMMENT: Action = Action {
    slug: "comment",
    code: Code::Comment,
    answer: Answer::Unspecified,
    verb: "comments",
    impossible_in: &[],
    effect: Effect::Changes,
    fields: &[Field::Comment { required: true }],
    wording: |_, _| (None, "request-then-comment"),
    done: "done-request-comment",
    bulk: None,
    call: calls::comment,
};

pub(super) static CANCEL: Action = Action {
    slug: "cancel",
    code: Code::Cancel,
    answer: Answer::Unspecified,
    verb: "cancel",
    impossible_in: &[],
    effect: Effect::Ends,
    fields: &[Field::Reason { used_for: ReasonUse::Cancel, required: true }, OPTIONAL_COMMENT],
    wording: |_, _| (None, "request-then-cancel"),
    done: "done-request-cancel",
    bulk: Some(Bulk { name: "cancel", roles: &[Role::PlacingCoordinator], needs: Need::Nothing }),
    call: calls::cancel,
};

pub(crate) static DELETE: Action = Action {
    slug: "delete",
    code: Code::Delete,
    answer: Answer::Unspecified,
    verb: "delete",
    impossible_in: &[],
    effect: Effect::Ends,
    fields: &[],
    wording: wording::delete,
    done: "done-request-delete",
    bulk: Some(Bulk { name: "delete", roles: &[Role::PlacingCoordinator], needs: Need::Draft }),
    call: calls::delete,
};
