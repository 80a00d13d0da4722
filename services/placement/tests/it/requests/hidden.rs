//! A school cannot tell an answer of its destination from silence (domain §7.3), by whatever it looks at.

use chassis::Scope;
use jiff::SignedDuration;
use proto::placement::v1::{
    ChangeDestinationRequest, HistoryEntry, ListHistoryRequest, ListOutboxRequest, PlacementRequest,
    RedirectRequestRequest, State,
};
use testkit::service::User;
use uuid::Uuid;

use crate::{
    calls::Call,
    world::{AUTOMATIC_SERVICE, HOSPITAL, MAIL_UNIT, UNIT, World, agent, reason, receiver, request, school},
};

async fn outbox(world: &World, states: &[State]) -> Vec<PlacementRequest> {
    let states = states.iter().map(|state| (*state).into()).collect();
    let message = ListOutboxRequest { states, ..Default::default() };
    world.client(&school()).list_outbox(message).await.expect("a list").into_inner().requests
}

/// A request that waits for a unit that was asked in one of the three ways.
async fn asked(world: &World, way: State) -> String {
    if way == State::RedirectedAutomatically {
        let ask = PlacementRequest {
            service_id: AUTOMATIC_SERVICE.to_string(),
            destination_id: UNIT.to_string(),
            ..request()
        };
        let id = world.create(&school(), ask).await.expect("a draft").id;
        world.call(&school(), Call::Send, &id).await.expect("no. 7");
        return id;
    }
    let id = world.request_in(State::Sent).await.id;
    let unit = if way == State::RedirectedOffline { MAIL_UNIT } else { UNIT };
    let message = RedirectRequestRequest { id: id.clone(), destination_id: unit.to_string(), ..Default::default() };
    world.client(&receiver()).redirect_request(message).await.expect("nos. 5, 6");
    id
}

const WAYS: [State; 3] = [State::Redirected, State::RedirectedOffline, State::RedirectedAutomatically];

#[tokio::test]
async fn nothing_that_a_school_sees_moves_when_its_destination_answers() {
    let world = World::new().await;
    for (way, answer) in
        WAYS.into_iter().zip([Call::AcceptAtDestination, Call::DeclineAtDestination, Call::DeclineAtDestination])
    {
        let id = asked(&world, way).await;
        world.running.clock.advance(SignedDuration::from_hours(1));
        // Changed later: comes first in the list, and stays there.
        asked(&world, way).await;
        let before = world.call(&school(), Call::Get, &id).await.expect("their own");
        assert_eq!(before.state(), way);
        let (list, of_way) = (outbox(&world, &[]).await, outbox(&world, &[way]).await);
        let told = world.history(&school(), &id).await;

        world.running.clock.advance(SignedDuration::from_hours(1));
        let by = if way == State::RedirectedOffline { receiver() } else { agent() };
        let answered = world.call(&by, answer, &id).await.expect("nos. 8, 9");
        assert_ne!(answered.etag, before.etag, "the receiving side sees that it changed");

        assert_eq!(world.call(&school(), Call::Get, &id).await.expect("their own"), before);
        assert_eq!(outbox(&world, &[]).await, list);
        assert_eq!(outbox(&world, &[way]).await, of_way);
        assert_eq!(world.history(&school(), &id).await, told);
    }
}

#[tokio::test]
async fn what_follows_does_not_tell_of_it_afterwards() {
    let world = World::new().await;
    let (answered, silent) =
        (asked(&world, State::RedirectedOffline).await, asked(&world, State::RedirectedOffline).await);
    world.call(&receiver(), Call::AcceptAtDestination, &answered).await.expect("no. 9");
    for id in [&answered, &silent] {
        world.call(&receiver(), Call::ChangeDates, id).await.expect("no. 21");
        world.call(&receiver(), Call::AcceptForAgency, id).await.expect("nos. 10, 11");
    }
    let (one, other) = (told(&world, &answered).await, told(&world, &silent).await);
    assert_eq!(one.0, State::Accepted);
    assert_eq!(one, other);
}

/// All that a school reads of a request and its history, but for what tells requests apart.
async fn read(world: &World, id: &str) -> (PlacementRequest, Vec<HistoryEntry>) {
    let request = world.call(&school(), Call::Get, id).await.expect("their own");
    let nameless = PlacementRequest {
        id: String::new(),
        reference: String::new(),
        create_time: None,
        update_time: None,
        ..request
    };
    let entries = world.history(&school(), id).await.into_iter();
    (nameless, entries.map(|entry| HistoryEntry { id: String::new(), time: None, ..entry }).collect())
}

#[tokio::test]
async fn moving_an_answered_request_tells_no_more_than_moving_one_that_waits() {
    let world = World::new().await;
    let everywhere = User::new(receiver().person, receiver().role, [Scope::Agency(HOSPITAL.into())]);
    for way in WAYS {
        let by = if way == State::RedirectedOffline { everywhere.clone() } else { agent() };
        let (to, then) = match way {
            State::RedirectedOffline => (UNIT, State::Redirected),
            _ => (MAIL_UNIT, State::RedirectedOffline),
        };
        let silent = asked(&world, way).await;
        move_to(&world, &everywhere, &silent, to).await;
        for answer in [Call::AcceptAtDestination, Call::DeclineAtDestination] {
            let answered = asked(&world, way).await;
            world.call(&by, answer, &answered).await.expect("nos. 8, 9");
            move_to(&world, &everywhere, &answered, to).await;
            let (request, history) = read(&world, &answered).await;
            assert_eq!(request.state(), then, "{way:?}, {answer:?}");
            assert_eq!(history.last().expect("no. 22").to(), then, "the history says what the request says");
            assert_eq!((request, history), read(&world, &silent).await, "{way:?}, {answer:?}");
        }
    }
}

async fn move_to(world: &World, by: &User, id: &str, unit: Uuid) {
    let message = ChangeDestinationRequest { id: id.into(), destination_id: unit.to_string(), ..Default::default() };
    world.client(by).change_destination(message).await.expect("no. 22");
}

#[tokio::test]
async fn what_the_release_before_wrote_is_read_as_it_was_read_then() {
    let world = World::new().await;
    let id = asked(&world, State::RedirectedOffline).await;
    world.call(&receiver(), Call::DeclineAtDestination, &id).await.expect("no. 9");
    world.call(&receiver(), Call::ChangeDates, &id).await.expect("no. 21");
    let told = world.history(&school(), &id).await;
    for statement in [
        "ALTER TABLE placement_history DISABLE TRIGGER placement_history_is_append_only",
        "UPDATE placement_history SET asked_state = NULL",
    ] {
        sqlx::query(statement).execute(&world.running.db).await.expect("done");
    }
    assert_eq!(world.history(&school(), &id).await, told);
}

/// State, etag and history of a request, for the school.
async fn told(world: &World, id: &str) -> (State, String, Vec<(String, State, State)>) {
    let request = world.call(&school(), Call::Get, id).await.expect("their own");
    let entries = world.history(&school(), id).await.into_iter();
    (request.state(), request.etag.clone(), entries.map(|e| (e.action.clone(), e.from(), e.to())).collect())
}

#[tokio::test]
async fn each_side_writes_with_the_version_that_it_sees() {
    let world = World::new().await;
    let id = asked(&world, State::Redirected).await;
    let of_school = world.call(&school(), Call::Get, &id).await.expect("their own").etag;
    let of_receiver = world.call(&receiver(), Call::Get, &id).await.expect("theirs").etag;
    world.call(&agent(), Call::AcceptAtDestination, &id).await.expect("no. 8");

    let stale =
        world.call_at(&receiver(), Call::AcceptForAgency, &id, &of_receiver).await.expect_err("it was answered");
    assert_eq!(reason(&stale), "STALE_ETAG");
    world.call_at(&school(), Call::ChangeDates, &id, &of_school).await.expect("what the school read still holds");
    let stale = world.call_at(&school(), Call::Cancel, &id, &of_school).await.expect_err("the dates have changed");
    assert_eq!(reason(&stale), "STALE_ETAG");
}

/// That the agency spoke for a unit without account would say that the unit had not answered itself.
#[tokio::test]
async fn the_history_of_a_school_does_not_tell_for_whom_its_agency_answered() {
    let world = World::new().await;
    let mut told = Vec::new();
    for answered in [false, true] {
        let id = asked(&world, State::RedirectedOffline).await;
        if answered {
            world.call(&receiver(), Call::DeclineAtDestination, &id).await.expect("no. 9, for the unit");
        }
        world.call(&receiver(), Call::DeclineForAgency, &id).await.expect("nos. 9, 14");
        let history = world.client(&school()).list_history(ListHistoryRequest { id }).await;
        let last = history.expect("theirs").into_inner().entries.pop().expect("an answer");
        told.push(HistoryEntry { id: String::new(), time: None, ..last });
    }
    assert_eq!(told[0], told[1]);
}
