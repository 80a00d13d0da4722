//! Whatever the order and however often, the same events give the same row.

use proto::placement::v1::{RequestViews, State};

use crate::world::{Happens, Happens::*, Step, World, agent, coordinator, facts, request_id, school, seen, steps};

const MONDAY: &str = "2026-11-02T15:00:00Z";
const TUESDAY: &str = "2026-11-03T15:00:00Z";
const WEDNESDAY: &str = "2026-11-04T15:00:00Z";
const THURSDAY: &str = "2026-11-05T15:00:00Z";
const FRIDAY: &str = "2026-11-06T15:00:00Z";

/// The whole row but for what names the request.
async fn row(world: &World, number: u128) -> String {
    sqlx::query_scalar("select (to_jsonb(r) - 'id' - 'reference')::text from request_row r where id = $1")
        .bind(request_id(number))
        .fetch_one(&world.running.db)
        .await
        .expect("the request has a row")
}

/// All orders of so many things (Heap's algorithm).
fn orders(count: usize) -> Vec<Vec<usize>> {
    fn permute(k: usize, order: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
        if k <= 1 {
            all.push(order.clone());
            return;
        }
        for i in 0..k {
            permute(k - 1, order, all);
            order.swap(if k.is_multiple_of(2) { i } else { 0 }, k - 1);
        }
    }
    let mut all = Vec::new();
    permute(count, &mut (0..count).collect(), &mut all);
    all
}

/// Delivers a life in every order, each to a request of its own, alone or together with other requests' and its own, and answers the
/// one row that all of them end in.
async fn in_every_order(world: &World, life: &[(Happens, &str)]) -> String {
    let mut rows = Vec::new();
    let in_order = |number, order: &[usize]| -> Vec<Step> {
        let events = steps(facts(number), life);
        order.iter().map(|index| events[*index].clone()).collect()
    };
    let (alone, together): (Vec<_>, Vec<_>) = (0..).zip(orders(life.len())).partition(|(number, _)| number % 2 == 0);
    for (number, order) in &alone {
        for step in in_order(*number, order) {
            world.deliver(&step).await;
        }
    }
    let batch: Vec<Step> = together.iter().flat_map(|(number, order)| in_order(*number, order)).collect();
    world.deliver_all(&batch).await;
    for (number, order) in (0..).zip(orders(life.len())) {
        let row = row(world, number).await;
        assert_eq!(rows.first().unwrap_or(&row), &row, "the order {order:?} differs from {:?}", orders(life.len())[0]);
        rows.push(row);
    }
    assert_eq!(rows.len(), (1..=life.len()).product::<usize>());
    rows.swap_remove(0)
}

#[tokio::test]
async fn every_order_of_a_plain_life_gives_the_same_row() {
    let world = World::new().await;
    let life = [
        (To(State::Sent), MONDAY),
        (To(State::Redirected), TUESDAY),
        (To(State::AcceptedByDestination), WEDNESDAY),
        (To(State::Accepted), THURSDAY),
        (To(State::Confirmed), FRIDAY),
    ];
    in_every_order(&world, &life).await;
    for row in world.list(&school()).await.expect("the report").rows {
        assert_eq!((row.state(), row.answer_delay_days, row.confirmation_delay_days), (State::Confirmed, 3, 1));
        assert_eq!(row.reason_code, "R5");
    }
}

#[tokio::test]
async fn every_order_of_a_resubmission_measures_the_last_round() {
    let world = World::new().await;
    let life = [
        (To(State::Sent), MONDAY),
        (To(State::Accepted), TUESDAY),
        (To(State::Confirmed), WEDNESDAY),
        (Resubmitted, THURSDAY),
        (To(State::Declined), FRIDAY),
    ];
    in_every_order(&world, &life).await;
    for row in world.list(&school()).await.expect("the report").rows {
        assert_eq!((row.state(), row.answer_delay_days), (State::Declined, 1));
        assert_eq!((row.confirmation_delay_days, row.confirmed_time), (-1, None), "the first round is over");
        assert_eq!(row.start_date, "2027-02-01");
    }
}

#[tokio::test]
async fn every_order_of_a_reactivation_waits_again() {
    let world = World::new().await;
    let life = [
        (To(State::RedirectedAutomatically), MONDAY),
        (To(State::Accepted), TUESDAY),
        (To(State::Cancelled), WEDNESDAY),
        (Reactivated, THURSDAY),
        (DatesChanged, FRIDAY),
    ];
    in_every_order(&world, &life).await;
    for row in world.list(&coordinator()).await.expect("the report").rows {
        assert_eq!((row.state(), row.answered_time, row.reason_code.as_str()), (State::Sent, None, ""));
        assert_eq!(row.answer_delay_days, 18, "from Thursday the 5th to Monday the 23rd");
        assert_eq!(row.end_date, "2027-03-12");
    }
    assert_eq!(world.seen(&agent()).await, [0_u128; 0], "it has to be redirected anew");
}

#[tokio::test]
async fn every_order_of_a_deletion_leaves_a_tombstone() {
    let world = World::new().await;
    let life = [
        (To(State::Draft), MONDAY),
        (To(State::Held), TUESDAY),
        (To(State::Sent), WEDNESDAY),
        (To(State::Deleted), THURSDAY),
    ];
    assert!(in_every_order(&world, &life).await.contains("DELETED"));
    for user in [school(), coordinator(), agent()] {
        assert_eq!(world.seen(&user).await, [0_u128; 0]);
    }
}

#[tokio::test]
async fn a_long_life_survives_shuffling_and_repetition() {
    let world = World::new().await;
    let life = [
        (To(State::Draft), MONDAY),
        (To(State::Sent), MONDAY),
        (To(State::Redirected), MONDAY),
        (To(State::DeclinedByDestination), MONDAY),
        (To(State::AcceptedByDestination), TUESDAY),
        (UnitChanged, TUESDAY),
        (To(State::Accepted), TUESDAY),
        (To(State::Confirmed), TUESDAY),
        (Resubmitted, WEDNESDAY),
        (To(State::RedirectedOffline), WEDNESDAY),
        (To(State::Declined), THURSDAY),
        (To(State::Accepted), FRIDAY),
    ];
    world.live(0, &life).await;
    let expected = row(&world, 0).await;
    let mut seed = 1_u64;
    for number in 1..60 {
        let mut events = steps(facts(number), &life);
        events.extend(steps(facts(number), &life));
        while !events.is_empty() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(seed >> 33).expect("31 bits") % events.len();
            world.deliver(&events.swap_remove(at)).await;
        }
        assert_eq!(row(&world, number).await, expected, "shuffle {number}");
    }
}

#[tokio::test]
async fn an_event_that_tells_no_views_leaves_what_each_side_was_told_last() {
    let world = World::new().await;
    let life = [(To(State::Sent), MONDAY), (To(State::Redirected), TUESDAY), (To(State::Declined), WEDNESDAY)];
    let mut events = steps(facts(1), &life);
    for step in &mut events[..2] {
        step.facts.views = None;
        world.deliver(step).await;
        for user in [school(), coordinator(), agent()] {
            assert_eq!(world.seen(&user).await, [0_u128; 0], "nobody was told anything yet");
        }
    }
    world.deliver(&events[2]).await;
    assert_eq!(world.only(&school()).await.state(), State::Declined);
    let mut moved = steps(facts(1), &[life[0], life[1], life[2], (DatesChanged, THURSDAY)]).remove(3);
    moved.facts.views = None;
    moved.facts.state = State::Accepted.into();
    world.deliver(&moved).await;
    let row = world.only(&school()).await;
    assert_eq!((row.state(), row.reason_code.as_str()), (State::Declined, "R3"));
    assert_eq!(row.end_date, "2027-03-12");
}

#[tokio::test]
async fn each_side_sees_what_it_is_told_and_nothing_else() {
    let world = World::new().await;
    let mut told = steps(facts(1), &[(To(State::Accepted), MONDAY)]).remove(0);
    told.facts.views =
        Some(RequestViews { placing: Some(seen(State::SentOffline)), receiving: None, destination: None });
    world.deliver(&told).await;
    let row = world.only(&school()).await;
    assert_eq!((row.state(), row.reason_code.as_str()), (State::SentOffline, ""));
    assert_eq!(world.seen(&coordinator()).await, [0_u128; 0]);
    assert_eq!(world.seen(&agent()).await, [0_u128; 0]);
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_rejected_and_changes_nothing() {
    let world = World::new().await;
    let mut step = steps(facts(1), &[(To(State::Sent), MONDAY)]).remove(0);
    (step.facts.site_id, step.facts.end_date) = ("nowhere".to_owned(), "2026-01-01".to_owned());
    step.facts.views = Some(RequestViews { placing: Some(seen(State::Unspecified)), ..Default::default() });
    let event = proto::placement::v1::RequestSent { request: Some(step.facts) };
    let refused = world.running.deliver(&event, request_id(1), 1).await.expect_err("unreadable");
    assert!(matches!(refused, eventing::HandlerError::Reject(_)));
    let text = refused.to_string();
    assert!(text.contains("request.site_id MALFORMED_ID") && text.contains("request.end_date DATE_REVERSED"), "{text}");
    assert!(text.contains("request.views.placing.state UNKNOWN_STATE"), "{text}");
    assert_eq!(world.seen(&school()).await, [0_u128; 0]);
}
