//! Why there is no page, and what the browser is told by the status of the answer.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chassis::Failure;
use kernel::ErrorKind;
use tonic::{Code, Status};

use crate::ui::{Text, user_message};

/// Why there is no page. The middleware makes one of it.
#[derive(Clone, Debug)]
pub(crate) enum PageError {
    /// What the gateway answered, or our own database.
    Answered(Status),
    /// What we found ourselves, with the key of its text.
    Own(ErrorKind, &'static str),
}

impl PageError {
    pub(crate) const fn own(kind: ErrorKind, key: &'static str) -> Self {
        Self::Own(kind, key)
    }

    /// Nothing is at this address.
    pub(crate) const fn missing() -> Self {
        Self::Own(ErrorKind::NotFound, "error-missing")
    }

    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Answered(status) => user_message::code(status),
            Self::Own(kind, _) => chassis::error::code(*kind),
        }
    }

    /// Whose turn it is. No administrator gives anybody the right to use a form that is not ours.
    pub(crate) fn turn(&self) -> &'static str {
        match self {
            Self::Own(_, "error-form") => "error-turn-form",
            _ => turn(self.code()),
        }
    }

    pub(crate) fn message(&self, text: Text) -> String {
        match self {
            Self::Answered(status) => user_message::of(text, status),
            Self::Own(_, key) => text.t(key),
        }
    }
}

impl From<Status> for PageError {
    fn from(status: Status) -> Self {
        Self::Answered(status)
    }
}

impl From<Failure> for PageError {
    fn from(failure: Failure) -> Self {
        Self::Answered(failure.into())
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = status_code(self.code()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// For addresses that lead nowhere.
pub(crate) async fn missing() -> PageError {
    PageError::missing()
}

/// Whose turn it is after an error, as the key of a text.
fn turn(code: Code) -> &'static str {
    match code {
        Code::Unavailable | Code::DeadlineExceeded | Code::ResourceExhausted => "error-turn-wait",
        Code::Aborted | Code::FailedPrecondition => "error-turn-read-again",
        Code::PermissionDenied => "error-turn-administrator",
        _ if status_code(code).is_server_error() => "error-turn-support",
        _ => "error-turn-you",
    }
}

pub(crate) fn status_code(code: Code) -> StatusCode {
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
