//! What awaits each role.

use jiff::SignedDuration;
use proto::placement::v1::{
    GetWorklistRequest, ListInboxRequest, ListOutboxRequest, PlacementRequest, State, WorklistItem, WorklistKind,
};
use testkit::service::User;

use crate::{
    calls::Call,
    world::{World, agent, monitor, receiver, request, school},
};

async fn worklist(world: &World, user: &User) -> Vec<WorklistItem> {
    world.client(user).get_worklist(GetWorklistRequest {}).await.expect("a worklist").into_inner().items
}

/// How many rows the link of an item leads to.
async fn listed(world: &World, user: &User, item: &WorklistItem) -> i32 {
    let (states, overdue, changed_by_others) = (item.states.clone(), item.overdue, item.changed_by_others);
    let mut client = world.client(user);
    if user.role == proto::identity::v1::Role::PlacingCoordinator {
        let message =
            ListOutboxRequest { states, overdue, changed_by_others, include_total_size: true, ..Default::default() };
        return client.list_outbox(message).await.expect("a list").into_inner().total_size;
    }
    let message =
        ListInboxRequest { states, overdue, changed_by_others, include_total_size: true, ..Default::default() };
    client.list_inbox(message).await.expect("a list").into_inner().total_size
}

fn counts(items: &[WorklistItem]) -> Vec<(WorklistKind, i32)> {
    items.iter().map(|item| (item.kind(), item.count)).collect()
}

const STATES: [State; 9] = [
    State::Draft,
    State::Sent,
    State::Redirected,
    State::AcceptedByDestination,
    State::DeclinedByDestination,
    State::Accepted,
    State::Declined,
    State::Confirmed,
    State::Cancelled,
];

#[tokio::test]
async fn each_count_leads_to_a_list_of_exactly_what_it_counts() {
    use WorklistKind as K;
    let world = World::new().await;
    for state in STATES {
        world.request_in(state).await;
    }
    // The destination's answers are late for the coordinator after seven days; for the school nothing is, before fourteen.
    for (hours, school_late, coordinator_late, unit_late) in [(0, 0, 0, 0), (24 * 10, 0, 2, 0), (24 * 5, 5, 5, 1)] {
        world.running.clock.advance(SignedDuration::from_hours(hours));
        let expected = [
            (
                school(),
                vec![
                    (K::ToConfirm, 1),
                    (K::Declined, 1),
                    (K::Drafts, 1),
                    (K::Held, 0),
                    (K::Waiting, 4),
                    (K::Overdue, school_late),
                    (K::ChangedByOthers, 5),
                ],
            ),
            (
                receiver(),
                vec![
                    (K::Pending, 1),
                    (K::ToRatify, 2),
                    (K::AtDestination, 1),
                    (K::AwaitingConfirmation, 1),
                    (K::Overdue, coordinator_late),
                    (K::ChangedByOthers, 4),
                ],
            ),
            (
                agent(),
                vec![
                    (K::Pending, 1),
                    (K::Answered, 2),
                    (K::Confirmed, 1),
                    (K::Overdue, unit_late),
                    (K::ChangedByOthers, 0),
                ],
            ),
            (
                monitor(),
                vec![
                    (K::Pending, 1),
                    (K::Answered, 2),
                    (K::Confirmed, 1),
                    (K::Overdue, unit_late),
                    (K::ChangedByOthers, 0),
                ],
            ),
        ];
        for (user, expected) in expected {
            let items = worklist(&world, &user).await;
            assert_eq!(counts(&items), expected, "{:?} after {hours} h", user.role);
            for item in items {
                assert_eq!(listed(&world, &user, &item).await, item.count, "{:?} {:?}", user.role, item.kind());
            }
        }
    }
}

#[tokio::test]
async fn what_is_marked_late_on_a_row_is_what_the_filter_finds() {
    let world = World::new().await;
    for state in STATES {
        world.request_in(state).await;
        world.running.clock.advance(SignedDuration::from_hours(60));
    }
    for user in [school(), receiver(), agent()] {
        let rows = |overdue| {
            let mut client = world.client(&user);
            async move {
                if user.role == proto::identity::v1::Role::PlacingCoordinator {
                    let message = ListOutboxRequest { overdue, ..Default::default() };
                    return client.list_outbox(message).await.expect("a list").into_inner().requests;
                }
                let message = ListInboxRequest { overdue, ..Default::default() };
                client.list_inbox(message).await.expect("a list").into_inner().requests
            }
        };
        let (all, late) = (rows(false).await, rows(true).await);
        let marked: Vec<_> = all.into_iter().filter(|row| row.overdue).collect();
        assert_eq!(marked, late, "{:?}", user.role);
        assert!(!late.is_empty(), "{:?}", user.role);
    }
}

#[tokio::test]
async fn a_school_counts_the_same_whether_or_not_its_destination_has_answered() {
    let world = World::new().await;
    let id = world.request_in(State::Redirected).await.id;
    world.running.clock.advance(SignedDuration::from_hours(24 * 8));
    let before = worklist(&world, &school()).await;
    world.call(&agent(), Call::DeclineAtDestination, &id).await.expect("no. 8");
    for waited in [0, 24 * 6, 24 * 2] {
        world.running.clock.advance(SignedDuration::from_hours(waited));
        let items = worklist(&world, &school()).await;
        let late = items.iter().find(|item| item.kind() == WorklistKind::Overdue).map(|item| item.count);
        assert_eq!(late, Some(i32::from(waited == 24 * 2)));
        assert_eq!(items[..5], before[..5]);
    }
}

#[tokio::test]
async fn what_lies_behind_and_what_is_another_s_awaits_nobody() {
    let world = World::new().await;
    let short = PlacementRequest { end_date: "2027-01-15".into(), ..request() };
    let draft = world.create(&school(), short).await.expect("a draft");
    world.call(&school(), Call::Send, &draft.id).await.expect("no. 2");
    world.running.clock.set("2027-01-16T15:00:00Z".parse().expect("an instant"));
    let elsewhere = User { scopes: vec![chassis::Scope::Agency(crate::world::OTHER_HOSPITAL.into())], ..receiver() };
    for user in [school(), receiver(), elsewhere] {
        assert!(worklist(&world, &user).await.iter().all(|item| item.count == 0), "{:?}", user.role);
    }
}
