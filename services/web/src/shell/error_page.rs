//! An error as a page: what happened, in the reader's language, whose turn it is, and a reference that the support finds
//! in the trace.

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use chassis::telemetry;
use kernel::Locale;
use tonic::Status;

use super::{
    error::{PageError, status_code},
    layout::Layout,
    visitor::Visitor,
};
use crate::ui::{Text, render};

#[derive(Template)]
#[template(path = "error.html")]
struct Page {
    text: Text,
    layout: Layout,
    title: String,
    message: String,
    turn: String,
    /// `None` where no trace is recorded.
    reference: Option<String>,
}

/// The page of an error.
pub(crate) fn page(visitor: &Visitor, error: &PageError) -> Response {
    in_layout(visitor.layout(None), visitor.text(), error)
}

/// The page of an error that the gateway answered to somebody who follows a mailed link.
pub(crate) fn of_status(locale: Locale, status: &Status) -> Response {
    in_layout(Layout::bare(), Text(locale), &status.clone().into())
}

fn in_layout(layout: Layout, text: Text, error: &PageError) -> Response {
    let status = status_code(error.code());
    let title = text.t(if status.is_server_error() { "error-ours" } else { "error-title" });
    let (message, turn) = (error.message(text), text.t(error.turn()));
    (status, render(&Page { text, layout, title, message, turn, reference: telemetry::trace_id() })).into_response()
}
