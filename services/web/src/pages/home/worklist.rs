//! The counts of the worklist as tiles: one's own turn first, what is late marked, nothing quiet.

use proto::{
    identity::v1::Role,
    placement::v1::{GetWorklistRequest, State, WorklistItem, WorklistKind},
};
use tonic::Status;

use crate::{
    pages::requests::{Filters, LIST},
    shell::SignedIn,
    ui::{Text, slug},
};

pub(crate) struct Tile {
    /// Stable, for tests and live changes.
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) count: i32,
    /// The list that holds exactly what is counted.
    pub(crate) address: String,
    /// How it looks: `turn`, `late`, `none` or nothing.
    pub(crate) look: &'static str,
    /// Whether the reader has to act.
    pub(crate) mine: bool,
}

pub(crate) async fn read(user: &SignedIn) -> Result<Vec<WorklistItem>, Status> {
    Ok(user.api.requests().get_worklist(GetWorklistRequest {}).await?.into_inner().items)
}

/// The counts in the order in which people work. A monitor looks at the work of others, and has no turn.
pub(crate) fn tiles(text: Text, role: Role, items: &[WorklistItem]) -> Vec<Tile> {
    let (mine, others): (Vec<_>, Vec<_>) = items.iter().partition(|item| is_own_turn(item.kind()));
    let can_act = role != Role::DestinationMonitor;
    mine.into_iter().chain(others).map(|item| tile(text, item, can_act)).collect()
}

fn tile(text: Text, item: &WorklistItem, can_act: bool) -> Tile {
    let (kind, count) = (item.kind(), item.count);
    let name = slug(kind.as_str_name(), "WORKLIST_KIND_");
    let mine = can_act && count > 0 && is_own_turn(kind);
    let look = match kind {
        _ if count == 0 => "none",
        WorklistKind::Overdue => "late",
        _ if mine => "turn",
        _ => "",
    };
    let label = text.t(&format!("home-item-{name}"));
    Tile { label, count, address: filters(item).address(LIST), look, mine, name }
}

/// What waits for the reader to do something. What was declined waits for nobody: a school is free to ask elsewhere.
fn is_own_turn(kind: WorklistKind) -> bool {
    use WorklistKind::{Drafts, Pending, ToConfirm, ToRatify};
    matches!(kind, ToConfirm | Drafts | Pending | ToRatify)
}

/// The list that holds what an item counts.
fn filters(item: &WorklistItem) -> Filters {
    let (states, overdue, changed) = (item.states().collect(), item.overdue, item.changed_by_others);
    Filters { states, overdue, changed, ..Filters::default() }
}

/// The list of all that waits for the reader; `None` where nothing does.
pub(crate) fn own_turn(items: &[WorklistItem]) -> Option<Filters> {
    let mine = items.iter().filter(|item| item.count > 0 && is_own_turn(item.kind()));
    let states: Vec<State> = mine.flat_map(WorklistItem::states).collect();
    (!states.is_empty()).then(|| Filters { states, ..Filters::default() })
}

/// The list that an item of a kind counts.
pub(crate) fn of_kind(items: &[WorklistItem], kind: WorklistKind) -> Filters {
    let item = items.iter().find(|item| item.kind() == kind).cloned().unwrap_or_default();
    filters(&item)
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    fn item(kind: WorklistKind, count: i32, states: &[State]) -> WorklistItem {
        let states = states.iter().map(|state| i32::from(*state)).collect();
        WorklistItem { kind: kind.into(), count, states, ..WorklistItem::default() }
    }

    #[test]
    fn ones_own_turn_comes_first_and_nothing_is_quiet() {
        let items = [
            item(WorklistKind::AtDestination, 4, &[State::Redirected]),
            item(WorklistKind::Pending, 5, &[State::Sent]),
            item(WorklistKind::ToRatify, 0, &[State::AcceptedByDestination]),
            WorklistItem { overdue: true, ..item(WorklistKind::Overdue, 1, &[]) },
        ];
        let tiles = tiles(Text(Locale::En), Role::ReceivingCoordinator, &items);
        let looks: Vec<_> = tiles.iter().map(|tile| (&*tile.name, tile.look, tile.mine)).collect();
        let expected = [
            ("pending", "turn", true),
            ("to-ratify", "none", false),
            ("at-destination", "", false),
            ("overdue", "late", false),
        ];
        assert_eq!(looks, expected);
        assert_eq!(tiles[0].address, "/requests?state=sent");
        assert_eq!(tiles[3].address, "/requests?overdue=1");
    }

    #[test]
    fn what_was_declined_is_nobodys_turn() {
        let declined = [item(WorklistKind::Declined, 3, &[State::Declined])];
        let tiles = tiles(Text(Locale::En), Role::PlacingCoordinator, &declined);
        assert_eq!((tiles[0].look, tiles[0].mine), ("", false));
        assert_eq!(own_turn(&declined), None);
    }

    #[test]
    fn a_monitor_has_no_turn() {
        let tiles = tiles(Text(Locale::En), Role::DestinationMonitor, &[item(WorklistKind::Pending, 5, &[])]);
        assert_eq!((tiles[0].look, tiles[0].mine), ("", false));
    }

    #[test]
    fn what_waits_for_the_reader_is_one_list() {
        let items = [
            item(WorklistKind::ToConfirm, 2, &[State::Accepted]),
            item(WorklistKind::Drafts, 1, &[State::Draft]),
            item(WorklistKind::Held, 9, &[State::Held]),
        ];
        assert_eq!(own_turn(&items).unwrap().states, [State::Accepted, State::Draft]);
        assert_eq!(own_turn(&[item(WorklistKind::Held, 9, &[State::Held])]), None);
    }

    #[test]
    fn every_kind_has_a_name() {
        for locale in Locale::ALL {
            for kind in (1..).map_while(|n| WorklistKind::try_from(n).ok()) {
                let label = tile(Text(locale), &item(kind, 1, &[]), true).label;
                assert!(!label.starts_with("home-item-"), "{locale}: {label}");
            }
        }
    }
}
