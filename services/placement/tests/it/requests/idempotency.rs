//! The same `request_id` twice gives the same answer, not two requests.

use proto::placement::v1::{
    AnswerByLinkRequest, CreateRequestRequest, ListOutboxRequest, PlacementRequest, RequestDrafted, SendRequestRequest,
};
use uuid::Uuid;

use crate::world::{World, faults, request, school};

fn create(request_id: Uuid, student_count: i32) -> CreateRequestRequest {
    let request = Some(PlacementRequest { student_count, ..request() });
    CreateRequestRequest { request, request_id: request_id.to_string() }
}

#[tokio::test]
async fn a_repeated_call_answers_the_same_and_does_nothing_twice() {
    let world = World::new().await;
    let mut client = world.client(&school());
    let key = Uuid::from_u128(0x1d);
    let first = client.create_request(create(key, 6)).await.expect("made").into_inner();
    let again = client.create_request(create(key, 6)).await.expect("the same answer").into_inner();
    assert_eq!(first, again);
    let all = ListOutboxRequest { include_total_size: true, ..Default::default() };
    let all = client.list_outbox(all).await.expect("a list").into_inner();
    assert_eq!(all.total_size, 1);
    assert_eq!(world.running.published::<RequestDrafted>().await.len(), 1);

    let id = first.request.expect("the draft").id;
    let send = SendRequestRequest { id, request_id: Uuid::from_u128(0x2d).to_string(), ..Default::default() };
    let sent = client.send_request(send.clone()).await.expect("sent").into_inner();
    assert_eq!(client.send_request(send).await.expect("not refused as sent already").into_inner(), sent);
}

#[tokio::test]
async fn a_key_is_good_for_one_message() {
    let world = World::new().await;
    let mut client = world.client(&school());
    let key = Uuid::from_u128(0x1d);
    client.create_request(create(key, 6)).await.expect("made");
    let refused = client.create_request(create(key, 7)).await.expect_err("another message");
    assert_eq!(faults(&refused), "request_id=REQUEST_ID_REUSED");
    let mut malformed = create(key, 6);
    malformed.request_id = "once".into();
    let refused = client.create_request(malformed).await.expect_err("no key");
    assert_eq!(faults(&refused), "request_id=MALFORMED_ID");
}

#[tokio::test]
async fn a_refused_call_leaves_its_key_free() {
    let world = World::new().await;
    let mut client = world.client(&school());
    let key = Uuid::from_u128(0x1d);
    client.create_request(create(key, 0)).await.expect_err("nobody is placed");
    client.create_request(create(key, 6)).await.expect("nothing had happened under this key");
}

#[tokio::test]
async fn keys_of_services_are_their_own() {
    let world = World::new().await;
    let key = Uuid::from_u128(0x1d);
    world.client(&school()).create_request(create(key, 6)).await.expect("made");
    let message = AnswerByLinkRequest { request_id: key.to_string(), ..Default::default() };
    let refused = world.internal().answer_by_link(message).await.expect_err("an empty link");
    assert!(faults(&refused).starts_with("id=REQUIRED"), "{}", faults(&refused));
}
