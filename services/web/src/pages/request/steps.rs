//! The way of a request, step by step, and whose turn it is.

use proto::{
    identity::v1::Role,
    placement::v1::{HistoryEntry, PlacementRequest, State, WaitingFor},
};

use crate::ui::Text;

/// One step of the way.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Its name, as the key of a text.
    pub(super) name: &'static str,
    pub(super) progress: Progress,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    Done,
    Current,
    Ahead,
    /// Here it ended.
    Broken,
}

const DRAFT: &str = "request-step-draft";
const SENT: &str = "request-step-sent";
const REDIRECTED: &str = "request-step-redirected";
const ANSWERED: &str = "request-step-answered";
const ACCEPTED: &str = "request-step-accepted";
const CONFIRMED: &str = "request-step-confirmed";
const DECLINED: &str = "request-step-declined";
const CANCELLED: &str = "request-step-cancelled";

/// The steps as a role sees them: a school does not see what a destination answers, a destination not what came before it.
pub(super) fn steps(request: &PlacementRequest, history: &[HistoryEntry], role: Role) -> Vec<Step> {
    let state = request.state();
    let ended = matches!(state, State::Declined | State::Cancelled);
    let stood = if ended { before_end(state, history) } else { state };
    let reached: Vec<_> = history.iter().map(HistoryEntry::to).chain([state]).filter_map(milestone).collect();
    let done = milestone(stood);
    let at = |name: &str| path(role).iter().position(|step| *step == name);
    let here = done.and_then(at);
    let mut steps = Vec::new();
    for (position, name) in path(role).iter().copied().enumerate() {
        let is_past = here.is_some_and(|here| position <= here);
        // What was skipped, such as the destination of an agency that answers directly, was no step of this way.
        if is_past && !reached.contains(&name) && Some(name) != done {
            continue;
        }
        let is_next = here.map_or(position == 0, |here| position == here + 1);
        let progress = match (is_past, is_next) {
            (true, _) => Progress::Done,
            (false, true) if !ended => Progress::Current,
            _ => Progress::Ahead,
        };
        steps.push(Step { name, progress });
    }
    if ended {
        steps.retain(|step| step.progress == Progress::Done);
        let name = if state == State::Declined { DECLINED } else { CANCELLED };
        steps.push(Step { name, progress: Progress::Broken });
    }
    if matches!(state, State::SentOffline) {
        steps.retain(|step| !matches!(step.name, REDIRECTED));
        steps.iter_mut().filter(|step| step.name == ACCEPTED).for_each(|step| step.progress = Progress::Current);
    }
    steps
}

fn path(role: Role) -> &'static [&'static str] {
    match role {
        Role::PlacingCoordinator => &[DRAFT, SENT, REDIRECTED, ACCEPTED, CONFIRMED],
        Role::DestinationCoordinator | Role::DestinationMonitor => &[REDIRECTED, ANSWERED, ACCEPTED, CONFIRMED],
        _ => &[SENT, REDIRECTED, ANSWERED, ACCEPTED, CONFIRMED],
    }
}

/// The last step that is done in a state.
fn milestone(state: State) -> Option<&'static str> {
    Some(match state {
        State::Draft | State::Held => DRAFT,
        State::Sent | State::SentOffline => SENT,
        State::Redirected | State::RedirectedOffline | State::RedirectedAutomatically => REDIRECTED,
        State::AcceptedByDestination | State::DeclinedByDestination => ANSWERED,
        State::Accepted => ACCEPTED,
        State::Confirmed => CONFIRMED,
        State::Unspecified | State::Declined | State::Cancelled | State::Deleted => return None,
    })
}

/// The state from which a request came to its end.
fn before_end(end: State, history: &[HistoryEntry]) -> State {
    let last = history.iter().rev().find(|entry| entry.to() == end && entry.from() != end);
    last.map_or(State::Unspecified, HistoryEntry::from)
}

/// Whose turn it is, in a sentence.
pub(super) struct Turn {
    /// Whether it is the reader's.
    pub(super) mine: bool,
    pub(super) sentence: String,
    /// By when, in words.
    pub(super) due: Option<String>,
}

/// Whose turn it is, as the reader sees it.
pub(super) fn turn(text: Text, request: &PlacementRequest, role: Role) -> Turn {
    let mine = matches!(
        (request.waiting_for(), role),
        (WaitingFor::PlacingAgency, Role::PlacingCoordinator)
            | (WaitingFor::ReceivingAgency, Role::ReceivingCoordinator)
            | (WaitingFor::Destination, Role::DestinationCoordinator)
    );
    let names = request.names.clone().unwrap_or_default();
    let of = |key: &str, first: &str, second: &str| {
        text.with(key, &[("name", if first.is_empty() { second } else { first })])
    };
    let sentence = match (request.waiting_for(), request.state()) {
        (_, State::Held) => text.with("request-turn-held", &[("day", &text.day(&request.release_date))]),
        (_, State::SentOffline) => of("request-turn-offline", &names.receiving_agency, ""),
        _ if mine => text.t("request-turn-mine"),
        (WaitingFor::PlacingAgency, _) => {
            of("request-turn-placing-agency", &names.placing_coordinator, &names.placing_agency)
        }
        (WaitingFor::ReceivingAgency, _) => {
            of("request-turn-receiving-agency", &names.receiving_coordinator, &names.receiving_agency)
        }
        (WaitingFor::Destination, State::RedirectedOffline) => {
            of("request-turn-link", &names.destination_coordinator, &names.destination)
        }
        (WaitingFor::Destination, _) => {
            of("request-turn-destination", &names.destination_coordinator, &names.destination)
        }
        (_, State::Confirmed) => text.t("request-turn-settled"),
        (_, State::Declined) if role == Role::PlacingCoordinator => text.t("request-turn-declined"),
        _ => text.t("request-turn-nobody"),
    };
    let due = if request.overdue { "request-overdue" } else { "request-due" };
    let due = (!request.due_date.is_empty()).then(|| text.with(due, &[("day", &text.day(&request.due_date))]));
    Turn { due, mine: mine || (request.state() == State::SentOffline && role == Role::PlacingCoordinator), sentence }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_state(state: State) -> PlacementRequest {
        PlacementRequest { state: state.into(), ..PlacementRequest::default() }
    }

    fn past(path: &[State]) -> Vec<HistoryEntry> {
        let mut from = State::Unspecified;
        let entry = |to: &State| {
            let entry = HistoryEntry { from: from.into(), to: (*to).into(), ..HistoryEntry::default() };
            from = *to;
            entry
        };
        path.iter().map(entry).collect()
    }

    fn shown(role: Role, path: &[State]) -> Vec<(&'static str, Progress)> {
        let request = in_state(*path.last().unwrap());
        steps(&request, &past(path), role).into_iter().map(|step| (step.name, step.progress)).collect()
    }

    use Progress::{Ahead, Broken, Current, Done};

    #[test]
    fn a_school_waits_for_the_agency_whatever_the_destination_says() {
        let way = shown(Role::PlacingCoordinator, &[State::Draft, State::Sent, State::Redirected]);
        assert_eq!(way, [(DRAFT, Done), (SENT, Done), (REDIRECTED, Done), (ACCEPTED, Current), (CONFIRMED, Ahead)]);
    }

    #[test]
    fn a_held_request_is_still_to_be_sent() {
        let way = shown(Role::PlacingCoordinator, &[State::Draft, State::Held]);
        assert_eq!(way[..2], [(DRAFT, Done), (SENT, Current)]);
    }

    #[test]
    fn what_was_skipped_is_no_step() {
        let way = shown(Role::ReceivingCoordinator, &[State::Sent, State::Accepted]);
        assert_eq!(way, [(SENT, Done), (ACCEPTED, Done), (CONFIRMED, Current)]);
    }

    #[test]
    fn an_end_is_shown_where_it_came() {
        let way = shown(Role::ReceivingCoordinator, &[State::Sent, State::Redirected, State::Cancelled]);
        assert_eq!(way, [(SENT, Done), (REDIRECTED, Done), (CANCELLED, Broken)]);
        let unit = [State::Redirected, State::DeclinedByDestination, State::Declined];
        let way = shown(Role::DestinationCoordinator, &unit);
        assert_eq!(way, [(REDIRECTED, Done), (ANSWERED, Done), (DECLINED, Broken)]);
    }

    #[test]
    fn an_agency_that_is_not_a_user_redirects_nothing() {
        let way = shown(Role::PlacingCoordinator, &[State::Draft, State::SentOffline]);
        assert_eq!(way, [(DRAFT, Done), (SENT, Done), (ACCEPTED, Current), (CONFIRMED, Ahead)]);
    }

    #[test]
    fn the_turn_is_the_readers_only_on_their_side() {
        let text = Text(kernel::Locale::En);
        let request = PlacementRequest {
            waiting_for: WaitingFor::ReceivingAgency.into(),
            ..in_state(State::AcceptedByDestination)
        };
        assert!(turn(text, &request, Role::ReceivingCoordinator).mine);
        assert!(!turn(text, &request, Role::DestinationCoordinator).mine);
        assert!(!turn(text, &request, Role::DestinationMonitor).mine);
    }
}
