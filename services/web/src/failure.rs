//! An error as a page: what happened, in the reader's language, whose turn it is, and a reference that the support finds
//! in the trace.

use std::error::Error as StdError;

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use chassis::{Failure, telemetry};
use kernel::{ErrorKind, Locale};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::{
    frame::{Frame, Room},
    text::Text,
    visitor::Visitor,
};

/// Why there is no page. The middleware makes one of it.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// What the gateway answered, or our own database.
    Answered(Status),
    /// What we found ourselves, with the key of its text.
    Own(ErrorKind, &'static str),
}

impl Trouble {
    /// What we found ourselves.
    pub(crate) const fn own(kind: ErrorKind, key: &'static str) -> Self {
        Self::Own(kind, key)
    }

    /// Nothing is at this address.
    pub(crate) const fn missing() -> Self {
        Self::Own(ErrorKind::NotFound, "failure-missing")
    }

    /// The gRPC code.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Answered(status) => code(status),
            Self::Own(kind, _) => chassis::error::code(*kind),
        }
    }

    /// Whose turn it is. No administrator gives anybody the right to use a form that is not ours.
    fn turn(&self) -> &'static str {
        match self {
            Self::Own(_, "failure-form") => "failure-turn-form",
            _ => turn(self.code()),
        }
    }

    fn message(&self, text: Text) -> String {
        match self {
            Self::Answered(status) => told(text, status),
            Self::Own(_, key) => text.t(key),
        }
    }
}

impl From<Status> for Trouble {
    fn from(status: Status) -> Self {
        Self::Answered(status)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Answered(failure.into())
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = status_code(self.code()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct Page<'a> {
    text: Text,
    frame: Frame,
    title: String,
    message: &'a str,
    turn: String,
    reference: String,
}

/// The page of a trouble.
pub(crate) fn page(visitor: &Visitor, trouble: &Trouble) -> Response {
    let text = visitor.text();
    in_frame(visitor.frame(Room::None), text, trouble.code(), &trouble.message(text), trouble.turn())
}

/// The page of an error that the gateway answered to somebody who follows a mailed link.
pub(crate) fn of_status(locale: Locale, status: &Status) -> Response {
    let text = Text(locale);
    in_frame(Frame::bare(text), text, code(status), &told(text, status), turn(code(status)))
}

fn in_frame(frame: Frame, text: Text, code: Code, message: &str, turn: &str) -> Response {
    let status = status_code(code);
    let title = text.t(if status.is_server_error() { "failure-ours" } else { "failure-title" });
    let turn = text.t(turn);
    (status, render(&Page { text, frame, title, message, turn, reference: telemetry::trace_id() })).into_response()
}

/// Whose turn it is after an error, as the key of a text.
fn turn(code: Code) -> &'static str {
    match code {
        Code::Unavailable | Code::DeadlineExceeded | Code::ResourceExhausted => "failure-turn-wait",
        Code::Aborted | Code::FailedPrecondition => "failure-turn-read-again",
        Code::PermissionDenied => "failure-turn-administrator",
        _ if status_code(code).is_server_error() => "failure-turn-support",
        _ => "failure-turn-you",
    }
}

/// The code of an answer. Where there was none, what the transport makes of it says nothing: somebody is away.
fn code(status: &Status) -> Code {
    if is_answer(status) { status.code() } else { Code::Unavailable }
}

/// Whether somebody answered. What went wrong on the way has a cause here; what came over the network has none.
fn is_answer(status: &Status) -> bool {
    StdError::source(status).is_none()
}

/// What people read where perhaps nobody answered.
pub(crate) fn told(text: Text, status: &Status) -> String {
    if is_answer(status) { message(status) } else { text.t("failure-away") }
}

/// What people read of an answer.
pub(crate) fn message(status: &Status) -> String {
    status.get_details_localized_message().map_or_else(|| status.message().to_owned(), |m| m.message)
}

/// All that is wrong with what was asked, in one text.
pub(crate) fn explain(text: Text, status: &Status) -> String {
    let fields = status.get_details_bad_request().map(|b| b.field_violations).unwrap_or_default();
    if fields.is_empty() {
        return told(text, status);
    }
    fields.iter().map(|f| f.description.as_str()).collect::<Vec<_>>().join(" ")
}

/// The stable reason code of an answer.
pub(crate) fn reason(status: &Status) -> String {
    status.get_details_error_info().map(|info| info.reason).unwrap_or_default()
}

fn status_code(code: Code) -> StatusCode {
    match code {
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::InvalidArgument => StatusCode::BAD_REQUEST,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::PermissionDenied => StatusCode::FORBIDDEN,
        Code::AlreadyExists | Code::FailedPrecondition | Code::Aborted => StatusCode::CONFLICT,
        Code::ResourceExhausted => StatusCode::TOO_MANY_REQUESTS,
        Code::Unavailable | Code::DeadlineExceeded => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A rendered template.
pub(crate) fn render(template: &impl Template) -> Html<String> {
    Html(template.render().expect("templates write to memory, and their values can be displayed"))
}
