//! What each side may see (domain §7.3). The stored state never leaves the service towards people, only what is made here.

use jiff::{Timestamp, civil::Date};

use super::{
    Deadlines, Delivery, Entry, EntryKind, HistoryEntry, Names, PlacementRequest, ReasonCode, Role, RowContext, Status,
    Turn, Viewer,
};

/// A request as one viewer may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The request itself, for what everybody who sees it may see.
    pub request: PlacementRequest,
    /// Its state, for this viewer.
    pub status: Status,
    /// In which role it is looked at.
    pub role: Role,
    /// Reason of the last answer that the viewer may see.
    pub reason: Option<ReasonCode>,
    /// What was said with it.
    pub answer_comment: String,
    /// What the viewer may do now.
    pub actions: Vec<&'static str>,
    /// Names behind the ids.
    pub names: Names,
    /// Whose turn it is.
    pub turn: Turn,
    /// Counts the changes that the viewer may see.
    pub version: i64,
    /// When the last of those was.
    pub updated_at: Timestamp,
    /// Whether somebody else did something that the viewer may see since the viewer last opened it or acted on it.
    pub changed_by_others: bool,
}

impl View {
    /// The request for `viewer`, if it exists for them.
    #[must_use]
    pub fn of(
        request: PlacementRequest,
        context: RowContext,
        viewer: &Viewer,
        deadlines: Deadlines,
        today: Date,
    ) -> Option<Self> {
        if !viewer.sees(&request) {
            return None;
        }
        let Seen { status, reason, comment } = Seen::of(&request, viewer.role)?;
        let (reason, answer_comment) = (reason.cloned(), comment.to_owned());
        let actions = if viewer.acts_on(&request) { request.actions(viewer.role, today) } else { Vec::new() };
        Some(Self {
            status,
            role: viewer.role,
            reason,
            answer_comment,
            actions,
            names: context.names,
            turn: Turn::of(&request, status, viewer.role, deadlines, today),
            version: shown_version(&request, viewer.role),
            updated_at: shown_update(&request, viewer.role),
            changed_by_others: context.seen.is_some_and(|seen| seen < shown_version(&request, viewer.role)),
            request,
        })
    }
}

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
        let status = shown(request, role)?;
        if status == request.status() {
            return Some(Self { status, reason: request.state.reason(), comment: request.state.comment() });
        }
        Some(Self { status, reason: None, comment: "" })
    }
}

/// A request's state as a role may see it; nothing where the request does not exist for the role. While a unit's answer is
/// hidden from the school, the request waits for the school as it waited before.
#[must_use]
pub fn shown(request: &PlacementRequest, role: Role) -> Option<Status> {
    let stored = request.status();
    seen(stored, role).map(|seen| if seen == stored { stored } else { request.asked.status() })
}

/// The stored state as a role may see it; nothing where the request does not exist for the role.
#[must_use]
pub const fn seen(status: Status, role: Role) -> Option<Status> {
    match (role, status) {
        (Role::System, _) => Some(status),
        (_, Status::Deleted) => None,
        // Internal until the agency has ratified it.
        (Role::PlacingCoordinator, Status::AcceptedByDestination | Status::DeclinedByDestination) => {
            Some(Status::Redirected)
        }
        (Role::PlacingCoordinator, _) => Some(status),
        (_, Status::Draft | Status::Held | Status::SentOffline) => None,
        (Role::ReceivingCoordinator, _) => Some(status),
        (Role::DestinationCoordinator | Role::DestinationMonitor, Status::Sent) => None,
        (Role::DestinationCoordinator | Role::DestinationMonitor, _) => Some(status),
    }
}

/// Whether an entry is the receiving side's own business: a destination's answer, until the agency has spoken.
#[must_use]
pub const fn is_internal(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::AcceptedByDestination | EntryKind::DeclinedByDestination)
}

/// When a role may have seen the request change last.
#[must_use]
pub fn shown_update(request: &PlacementRequest, role: Role) -> Timestamp {
    if role == Role::PlacingCoordinator { request.school_updated_at } else { request.updated_at }
}

/// The version of a request for a role: it counts what the role may see. Whoever acts has seen what was there, so that a later one is another's.
#[must_use]
pub fn shown_version(request: &PlacementRequest, role: Role) -> i64 {
    if role == Role::PlacingCoordinator { request.school_version } else { request.version }
}

/// The stored states that may look like one of `wanted` to a role; all that it sees where nothing is wanted. Which of the
/// hidden ones do, says [`asked`] context.
#[must_use]
pub fn stored(wanted: &[Status], role: Role) -> Vec<Status> {
    let may_look_wanted = |status: Status| {
        let looks = seen(status, role);
        let hidden = looks.is_some_and(|looks| looks != status);
        let any = if hidden { wanted.iter().any(|wanted| Delivery::of(*wanted).is_some()) } else { false };
        looks.is_some_and(|looks| wanted.is_empty() || any || wanted.contains(&looks))
    };
    Status::ALL.iter().copied().filter(|status| may_look_wanted(*status)).collect()
}

/// The states among `wanted` in which a unit is asked; all of these where nothing is wanted.
#[must_use]
pub fn asked(wanted: &[Status]) -> Vec<Status> {
    let asked = |status: &Status| Delivery::of(*status).is_some() && (wanted.is_empty() || wanted.contains(status));
    Status::ALL.iter().copied().filter(asked).collect()
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
    if school && is_internal(entry.kind) {
        return None;
    }
    let to = match entry.to {
        // The tombstone is for the school that set it.
        Status::Deleted if school => Status::Deleted,
        status => looks(status, role, asked.map(Delivery::status).or(*before))?,
    };
    let from = entry.from.and_then(|status| looks(status, role, *before));
    *before = Some(to);
    let internal = school && matches!(entry.kind, EntryKind::Redirected | EntryKind::RedirectedOffline);
    let comment = if internal { String::new() } else { entry.comment };
    Some(HistoryEntry { id, at, person_name, asked, entry: Entry { from, to, comment, ..entry } })
}

/// A state of the past: one that a role did not see looked like the request for an answer that stood behind it.
fn looks(status: Status, role: Role, behind: Option<Status>) -> Option<Status> {
    seen(status, role).map(|seen| if seen == status { status } else { behind.unwrap_or(seen) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_filters_by_what_it_sees() {
        assert_eq!(
            stored(&[Status::Redirected], Role::PlacingCoordinator),
            [Status::Redirected, Status::AcceptedByDestination, Status::DeclinedByDestination]
        );
        assert_eq!(stored(&[Status::DeclinedByDestination], Role::PlacingCoordinator), []);
        assert_eq!(asked(&[Status::Sent, Status::RedirectedOffline]), [Status::RedirectedOffline]);
        assert_eq!(asked(&[]).len(), 3);
        assert_eq!(stored(&[Status::Redirected], Role::ReceivingCoordinator), [Status::Redirected]);
    }

    #[test]
    fn a_unit_sees_nothing_before_it_is_asked() {
        let all = stored(&[], Role::DestinationCoordinator);
        assert!(!all.contains(&Status::Sent) && !all.contains(&Status::Draft) && !all.contains(&Status::Deleted));
        assert!(all.contains(&Status::Redirected) && all.contains(&Status::Cancelled));
    }
}
