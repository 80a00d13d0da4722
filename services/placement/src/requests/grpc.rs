//! Views as messages, in the caller's language.

use chassis::locale;
use proto::placement::v1::{PlacementRequest, PlacementRequestSummary};

use super::{Rows, View, wire};

/// One view, as most answers hold it.
pub(crate) fn written(view: View) -> Option<PlacementRequest> {
    Some(wire::placement_request(view, locale::current()))
}

/// The rows of a list, of the one kind that was asked for.
pub(crate) fn rows(rows: Rows) -> (Vec<PlacementRequest>, Vec<PlacementRequestSummary>) {
    let locale = locale::current();
    match rows {
        Rows::Whole(views) => {
            (views.into_iter().map(|view| wire::placement_request(view, locale)).collect(), Vec::new())
        }
        Rows::Summaries(rows) => (Vec::new(), rows.into_iter().map(|row| wire::summary(row, locale)).collect()),
    }
}
