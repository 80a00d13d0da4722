//! What people read of an answer of the gateway.

use std::error::Error as StdError;

pub(crate) use chassis::error::reason;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::text::Text;

/// The code of an answer. Where there was none, what the transport makes of it says nothing: somebody is away.
pub(crate) fn code(status: &Status) -> Code {
    if is_answer(status) { status.code() } else { Code::Unavailable }
}

/// Whether somebody answered. What went wrong on the way has a cause here; what came over the network has none.
fn is_answer(status: &Status) -> bool {
    StdError::source(status).is_none()
}

/// What people read where perhaps nobody answered.
pub(crate) fn of(text: Text, status: &Status) -> String {
    if is_answer(status) { message(status) } else { text.t("error-away") }
}

/// What people read of an answer.
pub(crate) fn message(status: &Status) -> String {
    status.get_details_localized_message().map_or_else(|| status.message().to_owned(), |m| m.message)
}

/// All that is wrong with what was asked, in one text.
pub(crate) fn explain(text: Text, status: &Status) -> String {
    let fields = status.get_details_bad_request().map(|b| b.field_violations).unwrap_or_default();
    if fields.is_empty() {
        return of(text, status);
    }
    fields.iter().map(|f| f.description.as_str()).collect::<Vec<_>>().join(" ")
}

/// How many seconds to wait before it is worth trying again, if the answer says so.
pub(crate) fn wait_seconds(status: &Status) -> Option<u64> {
    Some(status.get_details_retry_info()?.retry_delay?.as_secs())
}
