//! Changed by others: since somebody last opened a request or acted on it (domain §7.9).

use kernel::PersonId;
use proto::placement::v1::{ListInboxRequest, ListOutboxRequest, PlacementRequest, State};
use testkit::service::User;
use uuid::Uuid;

use crate::{
    calls::Call,
    world::{AUTOMATIC_SERVICE, World, agent, receiver, request, school},
};

async fn changed(world: &World, user: &User, id: &str) -> bool {
    world.call(user, Call::Get, id).await.expect("they see it").changed_by_others
}

fn colleague(user: User) -> User {
    User { person: PersonId::from(Uuid::from_u128(0xf0c0)), ..user }
}

#[tokio::test]
async fn what_others_did_is_marked_until_it_is_opened() {
    let world = World::new().await;
    let (pc, rc) = (school(), receiver());
    let id = world.request_in(State::Sent).await.id;
    assert!(!changed(&world, &pc, &id).await, "one's own acts are no news");
    assert!(!changed(&world, &rc, &id).await, "what was never opened is new, not changed");
    world.call(&rc, Call::Redirect, &id).await.expect("no. 5");
    assert!(changed(&world, &pc, &id).await);
    let outbox = async |user: &User| {
        let message = ListOutboxRequest { changed_by_others: true, ..Default::default() };
        let answer = world.client(user).list_outbox(message).await.expect("a list").into_inner();
        answer.requests.into_iter().map(|r| (r.id, r.changed_by_others)).collect::<Vec<_>>()
    };
    assert_eq!(outbox(&pc).await, [(id.clone(), true)]);
    assert!(outbox(&colleague(school())).await.is_empty(), "each person has their own eyes");
    world.call(&pc, Call::Seen, &id).await.expect("opened");
    assert!(!changed(&world, &pc, &id).await);
    assert!(outbox(&pc).await.is_empty());
    world.call(&pc, Call::ChangeDates, &id).await.expect("no. 21");
    assert!(changed(&world, &rc, &id).await);
    world.call(&rc, Call::ChangeDates, &id).await.expect("who acts has seen");
    assert!(!changed(&world, &rc, &id).await);
}

#[tokio::test]
async fn a_colleagues_act_is_another_s() {
    let world = World::new().await;
    let id = world.request_in(State::Accepted).await.id;
    world.call(&school(), Call::Seen, &id).await.expect("opened");
    world.call(&colleague(school()), Call::Confirm, &id).await.expect("no. 15");
    assert!(changed(&world, &school(), &id).await);
}

#[tokio::test]
async fn an_answer_of_the_destination_is_news_for_its_coordinator_alone() {
    let world = World::new().await;
    let id = world.request_in(State::Redirected).await.id;
    world.call(&school(), Call::Seen, &id).await.expect("opened");
    world.call(&agent(), Call::AcceptAtDestination, &id).await.expect("no. 8");
    assert!(!changed(&world, &school(), &id).await);
    let inbox = ListInboxRequest { changed_by_others: true, ..Default::default() };
    let rows = world.client(&receiver()).list_inbox(inbox).await.expect("a list").into_inner().requests;
    assert_eq!(rows.iter().map(|r| &r.id).collect::<Vec<_>>(), [&id]);
    world.call(&receiver(), Call::AcceptForAgency, &id).await.expect("no. 10");
    assert!(changed(&world, &school(), &id).await);
}

/// What a school has seen by acting is counted as it counts: nothing that it does not see shifts what is news to it.
#[tokio::test]
async fn news_after_a_schools_own_act_do_not_tell_whether_the_unit_has_answered() {
    let world = World::new().await;
    for answered in [false, true] {
        let id = world.request_in(State::Redirected).await.id;
        if answered {
            world.call(&agent(), Call::AcceptAtDestination, &id).await.expect("no. 8");
        }
        world.call(&school(), Call::Comment, &id).await.expect("words of the school");
        assert!(!changed(&world, &school(), &id).await, "answered: {answered}");
        world.call(&receiver(), Call::Comment, &id).await.expect("words of the coordinator");
        assert!(changed(&world, &school(), &id).await, "answered: {answered}");
    }
}

#[tokio::test]
async fn what_happened_after_the_version_that_was_shown_is_still_news() {
    let world = World::new().await;
    let shown = world.request_in(State::Sent).await;
    world.call(&receiver(), Call::Redirect, &shown.id).await.expect("no. 5, while the school reads");
    world.call_at(&school(), Call::Seen, &shown.id, &shown.etag).await.expect("it read the version before");
    assert!(changed(&world, &school(), &shown.id).await);
    world.call(&school(), Call::Seen, &shown.id).await.expect("opened");
    world.call_at(&school(), Call::Seen, &shown.id, &shown.etag).await.expect("late, and behind");
    assert!(!changed(&world, &school(), &shown.id).await, "what was seen stays seen");
    let refused = world.call_at(&school(), Call::Seen, &shown.id, "new").await.expect_err("no version");
    assert_eq!(crate::world::faults(&refused), "etag=MALFORMED_ETAG");
}

#[tokio::test]
async fn what_the_system_does_with_a_request_that_is_being_sent_is_in_the_answer() {
    let world = World::new().await;
    let ask = PlacementRequest { service_id: AUTOMATIC_SERVICE.to_string(), ..request() };
    let draft = world.create(&school(), ask).await.expect("a draft");
    let sent = world.call(&school(), Call::Send, &draft.id).await.expect("no. 7");
    assert_eq!(sent.state(), State::RedirectedAutomatically);
    assert!(!sent.changed_by_others && !changed(&world, &school(), &draft.id).await);
}
