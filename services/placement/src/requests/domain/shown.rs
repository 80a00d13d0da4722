//! What a role may see of one request and of its history.

use jiff::Timestamp;

use super::{Audience, Delivery, Entry, HistoryEntry, PlacementRequest, ReasonCode, Role, Status, visibility::seen};

/// Where a request stands, with the answer that goes with it, as a role may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen<'a> {
    /// The state.
    pub status: Status,
    /// Reason of the answer or cancellation, if the role may know it.
    pub reason: Option<&'a ReasonCode>,
    /// What was said with it.
    pub comment: &'a str,
}

impl<'a> Seen<'a> {
    /// Nothing where the request does not exist for the role.
    #[must_use]
    pub fn of(request: &'a PlacementRequest, role: Role) -> Option<Self> {
        let status = status(request, role)?;
        if status == request.status() {
            return Some(Self { status, reason: request.state.reason(), comment: request.state.comment() });
        }
        Some(Self { status, reason: None, comment: "" })
    }
}

/// A request's state as a role may see it; nothing where the request does not exist for the role. While a unit's answer is
/// hidden from the school, the request waits for the school as it waited before.
#[must_use]
pub fn status(request: &PlacementRequest, role: Role) -> Option<Status> {
    let stored = request.status();
    seen(stored, role).map(|seen| if seen == stored { stored } else { request.asked.status() })
}

/// When a role may have seen the request change last.
#[must_use]
pub fn updated_at(request: &PlacementRequest, role: Role) -> Timestamp {
    if role == Role::PlacingCoordinator { request.school_updated_at } else { request.updated_at }
}

/// The version of a request for a role: it counts what the role may see. Whoever acts has seen what was there, so that a
/// later one is another's.
#[must_use]
pub fn version(request: &PlacementRequest, role: Role) -> i64 {
    if role == Role::PlacingCoordinator { request.school_version } else { request.version }
}

/// An entry of the history as a role may see it; nothing where it is none of theirs.
///
/// A school never reads what a destination answered, nor what a coordinator wrote to an agent, not even afterwards: what
/// counts for it is the agency's word. The receiving side's history begins when the request reached it. `before` is what the
/// role saw the request in until then.
#[must_use]
pub fn past(entry: HistoryEntry, role: Role, before: &mut Option<Status>) -> Option<HistoryEntry> {
    let HistoryEntry { id, at, person_name, asked, entry } = entry;
    let school = role == Role::PlacingCoordinator;
    let audience = entry.kind.audience();
    if school && audience == Audience::ReceivingSide {
        return None;
    }
    let to = match entry.to {
        // The tombstone is for the school that set it.
        Status::Deleted if school => Status::Deleted,
        status => looks(status, role, asked.map(Delivery::status).or(*before))?,
    };
    let from = entry.from.and_then(|status| looks(status, role, *before));
    *before = Some(to);
    let comment = if school && audience == Audience::AllButWords { String::new() } else { entry.comment };
    // That the agency spoke for a unit says that the unit itself had not answered.
    let on_behalf = entry.on_behalf && !(school && entry.from == Some(Status::RedirectedOffline));
    Some(HistoryEntry { id, at, person_name, asked, entry: Entry { from, to, comment, on_behalf, ..entry } })
}

/// A state of the past: one that a role did not see looked like the request for an answer that stood behind it.
fn looks(status: Status, role: Role, behind: Option<Status>) -> Option<Status> {
    seen(status, role).map(|seen| if seen == status { status } else { behind.unwrap_or(seen) })
}
