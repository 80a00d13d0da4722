//! What awaits somebody.

use proto::placement::v1::{GetWorklistResponse, WorklistItem, WorklistKind};

use super::domain;
use crate::requests;

/// Writes the counts.
#[must_use]
pub fn worklist(items: Vec<domain::WorklistItem>) -> GetWorklistResponse {
    let written = |item: domain::WorklistItem| WorklistItem {
        kind: kind(item.kind).into(),
        count: i32::try_from(item.count).unwrap_or(i32::MAX),
        states: item.states.iter().map(|state| requests::state(*state).into()).collect(),
        overdue: item.overdue,
        changed_by_others: item.changed,
    };
    GetWorklistResponse { items: items.into_iter().map(written).collect() }
}

const fn kind(value: domain::WorklistKind) -> WorklistKind {
    match value {
        domain::WorklistKind::Drafts => WorklistKind::Drafts,
        domain::WorklistKind::Held => WorklistKind::Held,
        domain::WorklistKind::Waiting => WorklistKind::Waiting,
        domain::WorklistKind::ToConfirm => WorklistKind::ToConfirm,
        domain::WorklistKind::Declined => WorklistKind::Declined,
        domain::WorklistKind::Pending => WorklistKind::Pending,
        domain::WorklistKind::AtDestination => WorklistKind::AtDestination,
        domain::WorklistKind::ToRatify => WorklistKind::ToRatify,
        domain::WorklistKind::AwaitingConfirmation => WorklistKind::AwaitingConfirmation,
        domain::WorklistKind::Answered => WorklistKind::Answered,
        domain::WorklistKind::Confirmed => WorklistKind::Confirmed,
        domain::WorklistKind::Overdue => WorklistKind::Overdue,
        domain::WorklistKind::ChangedByOthers => WorklistKind::ChangedByOthers,
    }
}
