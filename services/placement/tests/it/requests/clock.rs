//! Release dates.

use proto::placement::v1::{PlacementRequest, RequestHeld, RequestSent, State};

use crate::{
    calls::Call,
    world::{AUTOMATIC_SERVICE, UNIT, World, agent, reason, receiver, request, school},
};

fn fall() -> PlacementRequest {
    PlacementRequest {
        start_date: "2027-09-07".into(),
        end_date: "2027-12-10".into(),
        use_release_date: true,
        ..request()
    }
}

#[tokio::test]
async fn a_held_request_goes_out_by_itself_on_its_release_date() {
    let world = World::new().await;
    let draft = world.create(&school(), fall()).await.expect("a draft");
    let held = world.call(&school(), Call::Send, &draft.id).await.expect("no. 3");
    assert_eq!((held.state(), held.release_date.as_str()), (State::Held, "2027-05-03"));
    assert_eq!(held.state_label, "Retenue");
    assert_eq!(world.running.published::<RequestHeld>().await.len(), 1);
    let hidden = world.call(&receiver(), Call::Get, &draft.id).await.expect_err("equal chances");
    assert_eq!(reason(&hidden), "NOT_FOUND");

    // The evening before, in Québec, though the day has begun in Greenwich.
    world.running.clock.set("2027-05-03T03:59:59Z".parse().expect("an instant"));
    world.running.run_task("release_held").await.expect("nothing to do");
    assert_eq!(world.call(&school(), Call::Get, &draft.id).await.expect("held").state(), State::Held);

    world.running.clock.set("2027-05-03T04:00:00Z".parse().expect("an instant"));
    world.running.run_task("release_held").await.expect("the day has come");
    world.running.run_task("release_held").await.expect("once is enough");
    let sent = world.call(&receiver(), Call::Get, &draft.id).await.expect("now it is theirs");
    assert_eq!((sent.state(), sent.release_date.as_str()), (State::Sent, ""));
    let events = world.running.published::<RequestSent>().await;
    assert_eq!(events.len(), 1);
    let facts = events[0].request.as_ref().expect("facts");
    assert_eq!((facts.previous_state(), facts.actor_id.as_str()), (State::Held, ""));
    let entries = world.history(&school(), &draft.id).await;
    assert_eq!(entries.iter().map(|e| e.action.as_str()).collect::<Vec<_>>(), ["DRAFTED", "HELD", "SENT"]);
}

#[tokio::test]
async fn many_held_requests_go_out_and_configuration_redirects_those_that_it_may() {
    let world = World::new().await;
    let automatic =
        PlacementRequest { service_id: AUTOMATIC_SERVICE.to_string(), destination_id: UNIT.to_string(), ..fall() };
    let mut ids = Vec::new();
    for ask in [fall(), automatic.clone(), fall(), automatic] {
        let draft = world.create(&school(), ask).await.expect("a draft");
        world.call(&school(), Call::Send, &draft.id).await.expect("no. 3");
        ids.push(draft.id);
    }
    world.call(&school(), Call::Delete, &ids[2]).await.expect("no. 18: held is not yet sent");
    world.running.clock.set("2027-05-04T12:00:00Z".parse().expect("an instant"));
    world.running.run_task("release_held").await.expect("a day late is still due");
    let at_unit = world.call(&agent(), Call::Get, &ids[1]).await.expect("no. 7");
    assert_eq!(at_unit.state(), State::RedirectedAutomatically);
    assert_eq!(world.running.published::<RequestSent>().await.len(), 3);
}

#[tokio::test]
async fn a_release_date_that_has_passed_or_is_not_wanted_holds_nothing() {
    let world = World::new().await;
    let free = PlacementRequest { use_release_date: false, ..fall() };
    let draft = world.create(&school(), free).await.expect("a draft");
    assert_eq!(world.call(&school(), Call::Send, &draft.id).await.expect("no. 2").state(), State::Sent);
    world.running.clock.set("2027-06-01T12:00:00Z".parse().expect("an instant"));
    let draft = world.create(&school(), fall()).await.expect("a draft");
    assert_eq!(world.call(&school(), Call::Send, &draft.id).await.expect("no. 2").state(), State::Sent);
}
