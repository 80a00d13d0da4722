//! A request as one person may see it: what leaves the service towards people.

use jiff::{Timestamp, civil::Date};
use kernel::DateRange;

use super::{
    Deadlines, Misfit, Names, PlacementRequest, ReasonCode, Role, RowContext, Seen, Status, Turn, Viewer,
    is_touched_by_closures, shown,
};

/// A request as one viewer may see it in a row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The request itself, for what everybody who sees it may see.
    pub request: PlacementRequest,
    /// Its state, for this viewer.
    pub status: Status,
    /// Names behind the ids.
    pub names: Names,
    /// Whose turn it is.
    pub turn: Turn,
    /// Whether somebody else did something that the viewer may see since the viewer last opened it or acted on it.
    pub changed_by_others: bool,
    /// The first closure that touches it.
    pub closed: Option<DateRange>,
}

/// All of a request that one viewer may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What a row shows of it.
    pub summary: Summary,
    /// In which role it is looked at.
    pub role: Role,
    /// Reason of the last answer that the viewer may see.
    pub reason: Option<ReasonCode>,
    /// What was said with it.
    pub answer_comment: String,
    /// What the viewer may do now.
    pub actions: Vec<&'static str>,
    /// Why it does not fit where it is to go, for a viewer who reads it in order to accept it.
    pub misfits: Vec<Misfit>,
    /// Counts the changes that the viewer may see.
    pub version: i64,
    /// When the last of those was.
    pub updated_at: Timestamp,
}

impl Summary {
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
        let status = Seen::of(&request, viewer.role)?.status;
        Some(Self {
            status,
            names: context.names,
            turn: Turn::of(&request, status, viewer.role, deadlines, today),
            closed: context.closed.filter(|_| is_touched_by_closures(request.status())),
            changed_by_others: context.seen.is_some_and(|seen| seen < shown::version(&request, viewer.role)),
            request,
        })
    }
}

impl View {
    /// All that the viewer of a row may see.
    #[must_use]
    pub fn of(summary: Summary, viewer: &Viewer, today: Date) -> Option<Self> {
        let request = &summary.request;
        let Seen { reason, comment, .. } = Seen::of(request, viewer.role)?;
        Some(Self {
            role: viewer.role,
            reason: reason.cloned(),
            answer_comment: comment.to_owned(),
            actions: if viewer.acts_on(request) { request.actions(viewer.role, today) } else { Vec::new() },
            misfits: Vec::new(),
            version: shown::version(request, viewer.role),
            updated_at: shown::updated_at(request, viewer.role),
            summary,
        })
    }
}
