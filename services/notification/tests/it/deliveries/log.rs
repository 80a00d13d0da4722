//! The delivery log, and mailing again.

use proto::{
    notification::v1::{
        Delivery, DeliveryState, ListDeliveriesRequest, ResendDeliveryRequest,
        delivery_service_client::DeliveryServiceClient,
    },
    placement::v1::{RequestCancelled, RequestFacts, RequestRedirected, RequestSent, State},
};
use testkit::mail::Fault;
use tonic::{Code, Status};
use uuid::Uuid;

use crate::world::{
    AGENT, OTHER_AGENT, SCHOOL_COORDINATOR, UNIT, World, address, coordinator, destination, facts, id, reason,
    redirected, token,
};

pub async fn resend(world: &World, delivery: &str, request_id: &str) -> Result<Delivery, Status> {
    let mut client = DeliveryServiceClient::new(world.running.as_user(&coordinator()));
    let message = ResendDeliveryRequest { delivery_id: delivery.into(), request_id: request_id.into() };
    Ok(client.resend_delivery(message).await?.into_inner().delivery.unwrap())
}

#[tokio::test]
async fn the_log_is_newest_first_and_says_what_became_of_each_mail() {
    let world = World::new().await;
    world.sink.fail_next(Fault::Permanent);
    let request = Some(facts(State::Sent, State::Draft, Some(SCHOOL_COORDINATOR)));
    world.deliver(&RequestSent { request }, 1).await;
    world.send().await;
    world.running.clock.advance(jiff::SignedDuration::from_secs(60));
    world.deliver(&RequestRedirected { request: Some(redirected(UNIT, AGENT)) }, 2).await;
    let [second, first] = world.log().await.try_into().unwrap();
    assert_eq!((second.template.as_str(), second.state()), ("REDIRECTED_LINK", DeliveryState::Pending));
    // Before the first attempt the log says where the mail would go.
    assert_eq!((second.person_name.as_str(), second.address), ("Dan Day", address("Dan")));
    assert_eq!((first.template.as_str(), first.state()), ("REQUEST_SENT", DeliveryState::Failed));
    assert!(first.sent_time.is_none() && first.create_time.is_some());
    world.send().await;
    let sent = &world.log().await[0];
    assert_eq!((sent.state(), sent.sent_time.is_some()), (DeliveryState::Sent, true));
}

#[tokio::test]
async fn a_link_that_is_mailed_again_is_a_new_one_in_a_new_mail() {
    let world = World::new().await;
    let first = world.mailed_link().await;
    let old = world.log().await[0].id.clone();
    let again = resend(&world, &old, "").await.unwrap();
    assert_eq!((again.state(), again.template.as_str()), (DeliveryState::Pending, "REDIRECTED_LINK"));
    world.send().await;
    let [one, two] = world.sink.mails().try_into().unwrap();
    assert_ne!(one.message_id(), two.message_id());
    assert_eq!(world.links().await, ["CLOSED", "OPEN"]);
    assert_eq!(reason(world.accept(&first).await).1, "LINK_CLOSED");
    world.accept(&token(&two)).await.unwrap();
}

#[tokio::test]
async fn the_same_request_id_mails_once() {
    let world = World::new().await;
    world.mailed_link().await;
    let old = world.log().await[0].id.clone();
    let key = id(500).to_string();
    let first = resend(&world, &old, &key).await.unwrap();
    assert_eq!(resend(&world, &old, &key).await.unwrap().id, first.id);
    assert_eq!(world.log().await.len(), 2);
    let other = resend(&world, &first.id, &key).await;
    assert_eq!(reason(other), (Code::InvalidArgument, "REQUEST_ID_REUSED".into()));
    assert_eq!(reason(resend(&world, &old, "once").await), (Code::InvalidArgument, "INVALID_FIELDS".into()));
}

#[tokio::test]
async fn what_is_still_being_mailed_is_not_mailed_again() {
    let world = World::new().await;
    world.deliver(&RequestRedirected { request: Some(redirected(UNIT, AGENT)) }, 3).await;
    let pending = world.log().await[0].id.clone();
    let refused = resend(&world, &pending, "").await;
    assert_eq!(reason(refused), (Code::FailedPrecondition, "DELIVERY_PENDING".into()));
}

#[tokio::test]
async fn a_link_that_nobody_waits_for_is_not_mailed_again_and_other_mails_are() {
    let world = World::new().await;
    world.mailed_link().await;
    let request = Some(facts(State::Cancelled, State::RedirectedOffline, Some(SCHOOL_COORDINATOR)));
    world.deliver(&RequestCancelled { request }, 4).await;
    world.send().await;
    let log = world.log().await;
    let of = |template: &str| log.iter().find(|d| d.template == template).unwrap().id.clone();
    let refused = resend(&world, &of("REDIRECTED_LINK"), "").await;
    assert_eq!(reason(refused), (Code::FailedPrecondition, "ANSWER_NOT_AWAITED".into()));
    let again = resend(&world, &of("REQUEST_CANCELLED"), "").await.unwrap();
    world.send().await;
    assert_eq!(world.log().await.iter().find(|d| d.id == again.id).unwrap().state(), DeliveryState::Sent);
}

#[tokio::test]
async fn naming_an_agent_cures_a_unit_that_nobody_answered_for() {
    let world = World::new().await;
    world.deliver(&destination(UNIT, "4 Ouest", None), 2).await;
    let nobody = RequestFacts { destination_coordinator_id: String::new(), ..redirected(UNIT, AGENT) };
    world.deliver(&RequestRedirected { request: Some(nobody) }, 3).await;
    let failed = world.log().await[0].id.clone();
    let still = resend(&world, &failed, "").await.unwrap();
    assert_eq!((still.state(), still.last_error.as_str()), (DeliveryState::Failed, "NO_ADDRESS"));
    world.deliver(&destination(UNIT, "4 Ouest", Some(OTHER_AGENT)), 3).await;
    let again = resend(&world, &failed, "").await.unwrap();
    assert_eq!((again.state(), again.person_name.as_str()), (DeliveryState::Pending, "Odile Ouellet"));
    world.send().await;
    world.accept(&token(&world.sink.mails()[0])).await.unwrap();
    assert_eq!(world.placement.answers()[0].agent_id, OTHER_AGENT.to_string());
}

#[tokio::test]
async fn what_is_unknown_or_malformed_is_told_apart() {
    let world = World::new().await;
    let unknown = Uuid::from_u128(404).to_string();
    assert_eq!(reason(resend(&world, &unknown, "").await), (Code::NotFound, "NOT_FOUND".into()));
    assert_eq!(reason(resend(&world, "x", "").await), (Code::InvalidArgument, "INVALID_FIELDS".into()));
    let mut client = DeliveryServiceClient::new(world.running.as_user(&coordinator()));
    let list = async |request: &str, client: &mut DeliveryServiceClient<_>| {
        reason(client.list_deliveries(ListDeliveriesRequest { placement_request_id: request.into() }).await)
    };
    assert_eq!(list(&unknown, &mut client).await, (Code::NotFound, "NOT_FOUND".into()));
    assert_eq!(list("", &mut client).await, (Code::InvalidArgument, "INVALID_FIELDS".into()));
}
