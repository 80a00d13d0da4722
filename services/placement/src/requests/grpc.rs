//! Views as messages, in the caller's language.

use chassis::locale;
use proto::placement::v1::PlacementRequest;

use super::{View, wire};

/// One view, as most answers hold it.
pub(crate) fn written(view: View) -> Option<PlacementRequest> {
    Some(row(view))
}

/// One view as a row of a list.
pub(crate) fn row(view: View) -> PlacementRequest {
    wire::placement_request(view, locale::current())
}
