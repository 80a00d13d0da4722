//! What awaits somebody.

use proto::placement::v1::{GetWorklistResponse, WorklistItem};

use super::codes;
use crate::domain;

/// Writes the counts.
#[must_use]
pub fn worklist(items: Vec<domain::WorklistItem>) -> GetWorklistResponse {
    let written = |item: domain::WorklistItem| WorklistItem {
        kind: codes::worklist_kind(item.kind).into(),
        count: i32::try_from(item.count).unwrap_or(i32::MAX),
        states: item.states.iter().map(|state| codes::state(*state).into()).collect(),
        overdue: item.overdue,
        changed_by_others: item.changed,
    };
    GetWorklistResponse { items: items.into_iter().map(written).collect() }
}
