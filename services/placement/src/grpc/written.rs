//! Views as messages, with the labels in the caller's language.

use chassis::locale;
use proto::placement::v1::PlacementRequest;

use crate::{domain::View, wire};

/// One view, as most answers hold it.
pub(super) fn written(view: View) -> Option<PlacementRequest> {
    Some(row(view))
}

/// One view as a row of a list.
pub(super) fn row(view: View) -> PlacementRequest {
    wire::placement_request(view, locale::current())
}
