//! What awaits somebody: counts, each with the filter of the list that holds exactly what it counts.

use crate::requests::{Role, StateCount, Status, visibility};

kernel::coded! {
    /// What is counted.
    WorklistKind {
        /// To finish and send.
        Drafts = "DRAFTS",
        /// Until their release date.
        Held = "HELD",
        /// Sent, not answered yet.
        Waiting = "WAITING",
        /// Accepted, for the school.
        ToConfirm = "TO_CONFIRM",
        /// To be asked for elsewhere.
        Declined = "DECLINED",
        /// To be answered by the one who looks.
        Pending = "PENDING",
        /// With a unit.
        AtDestination = "AT_DESTINATION",
        /// Answered by the unit, for the coordinator.
        ToRatify = "TO_RATIFY",
        /// Accepted, for the coordinator.
        AwaitingConfirmation = "AWAITING_CONFIRMATION",
        /// Answered, for the unit.
        Answered = "ANSWERED",
        /// To come or under way.
        Confirmed = "CONFIRMED",
        /// The due date has passed.
        Overdue = "OVERDUE",
        /// Somebody else did something since.
        ChangedByOthers = "CHANGED_BY_OTHERS",
    }
}

/// One count with its filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorklistItem {
    /// What is counted.
    pub kind: WorklistKind,
    /// How many.
    pub count: i64,
    /// Only these, as the one who looks sees them; none for all.
    pub states: &'static [Status],
    /// Only those whose due date has passed.
    pub overdue: bool,
    /// Only those that somebody else has changed.
    pub changed: bool,
}

/// The states that wait for a unit.
const AT_DESTINATION: &[Status] = &[Status::Redirected, Status::RedirectedOffline, Status::RedirectedAutomatically];
/// The states that wait for a coordinator to ratify.
const ANSWERED: &[Status] = &[Status::AcceptedByDestination, Status::DeclinedByDestination];

/// What a role works through, in order, as it sees the states; then the states whose due dates are its business.
const fn entries(role: Role) -> (&'static [(WorklistKind, &'static [Status])], &'static [Status]) {
    use Status as S;
    use WorklistKind as K;
    match role {
        Role::PlacingCoordinator => (
            &[
                (K::ToConfirm, &[S::Accepted]),
                (K::Declined, &[S::Declined]),
                (K::Drafts, &[S::Draft]),
                (K::Held, &[S::Held]),
                (
                    K::Waiting,
                    &[S::Sent, S::SentOffline, S::Redirected, S::RedirectedOffline, S::RedirectedAutomatically],
                ),
            ],
            &[],
        ),
        Role::ReceivingCoordinator => (
            &[
                (K::Pending, &[S::Sent]),
                (K::ToRatify, ANSWERED),
                (K::AtDestination, AT_DESTINATION),
                (K::AwaitingConfirmation, &[S::Accepted]),
            ],
            &[],
        ),
        Role::DestinationCoordinator | Role::DestinationMonitor | Role::System => {
            (&[(K::Pending, AT_DESTINATION), (K::Answered, ANSWERED), (K::Confirmed, &[S::Confirmed])], AT_DESTINATION)
        }
    }
}

/// The items of a role, from what is stored in its reach.
#[must_use]
pub fn items(role: Role, counts: &[StateCount]) -> Vec<WorklistItem> {
    let sum = |states: &[Status], of: fn(&StateCount) -> i64| {
        let counted = |count: &&StateCount| {
            visibility::seen(count.status, role).is_some_and(|seen| states.is_empty() || states.contains(&seen))
        };
        counts.iter().filter(counted).map(of).sum()
    };
    let (entries, due) = entries(role);
    let plain = entries.iter().map(|&(kind, states)| WorklistItem {
        kind,
        count: sum(states, |count| count.all),
        states,
        overdue: false,
        changed: false,
    });
    let overdue = WorklistItem {
        kind: WorklistKind::Overdue,
        count: sum(due, |count| count.overdue),
        states: due,
        overdue: true,
        changed: false,
    };
    let changed = WorklistItem {
        kind: WorklistKind::ChangedByOthers,
        count: sum(&[], |count| count.changed),
        states: &[],
        overdue: false,
        changed: true,
    };
    plain.chain([overdue, changed]).collect()
}
