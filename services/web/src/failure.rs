//! An error as a page: what happened, in the reader's language, and a reference that the support finds in the trace.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use kernel::Locale;
use opentelemetry::trace::TraceContextExt as _;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::text::Text;

#[derive(Template)]
#[template(path = "failure.html")]
struct Page<'a> {
    text: Text,
    title: String,
    message: &'a str,
    reference: String,
}

/// The page of an error that the gateway answered.
pub(crate) fn of_status(locale: Locale, status: &Status) -> Response {
    let message = status.get_details_localized_message().map_or_else(|| status.message().to_owned(), |m| m.message);
    let code = match status.code() {
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::InvalidArgument => StatusCode::BAD_REQUEST,
        Code::FailedPrecondition | Code::Aborted => StatusCode::CONFLICT,
        Code::ResourceExhausted => StatusCode::TOO_MANY_REQUESTS,
        Code::Unavailable | Code::DeadlineExceeded => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    page(locale, code, &message)
}

/// The page of an error that we found ourselves.
pub(crate) fn page(locale: Locale, code: StatusCode, message: &str) -> Response {
    let text = Text(locale);
    let title = text.t(if code.is_server_error() { "failure-ours" } else { "failure-title" });
    (code, render(&Page { text, title, message, reference: reference() })).into_response()
}

/// A rendered template.
pub(crate) fn render(template: &impl Template) -> Html<String> {
    Html(template.render().expect("templates write to memory, and their values can be displayed"))
}

/// The id of the trace under way.
fn reference() -> String {
    tracing::Span::current().context().span().span_context().trace_id().to_string()
}
