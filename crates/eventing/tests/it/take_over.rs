//! A running province moves from a queue for each event type to one for each service.

use eventing::{Topology, dead_letters};
use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties, ExchangeKind,
    options::{
        BasicConsumeOptions, BasicPublishOptions, ConfirmSelectOptions, ExchangeDeclareOptions, QueueDeclareOptions,
    },
    types::{AMQPValue, FieldTable},
};
use proto::{Event as _, event::v1::Envelope};
use testkit::wait_for;

use crate::world::{Changed, QUEUE, Recorder, World};

const TARGET: Topology = Topology { service: "target", publishes: &[], consumes: &[Changed::TYPE], calls: &[] };
const FORMER: &str = "target.source.v1.changed";

/// Declared as the release before did.
async fn declare(channel: &Channel, name: &str, dead_lettered_to: Option<&str>) {
    let text = |value: &str| AMQPValue::LongString(value.into());
    let mut arguments = FieldTable::default();
    arguments.insert("x-queue-type".into(), text("quorum"));
    if let Some(target) = dead_lettered_to {
        arguments.insert("x-dead-letter-exchange".into(), text(""));
        arguments.insert("x-dead-letter-routing-key".into(), text(target));
        arguments.insert("x-dead-letter-strategy".into(), text("at-least-once"));
        arguments.insert("x-overflow".into(), text("reject-publish"));
    }
    channel.queue_declare(name.into(), QueueDeclareOptions::durable(), arguments).await.unwrap();
}

async fn former_queues(channel: &Channel) {
    let durable = ExchangeDeclareOptions { durable: true, ..Default::default() };
    let exchange = "tandem.events".into();
    channel.exchange_declare(exchange, ExchangeKind::Topic, durable, FieldTable::default()).await.unwrap();
    declare(channel, &format!("{FORMER}.dead"), None).await;
    declare(channel, FORMER, Some(&format!("{FORMER}.dead"))).await;
    for attempts in 1..=2 {
        declare(channel, &format!("{FORMER}.retry.{attempts}"), Some(FORMER)).await;
    }
    let (exchange, key) = ("tandem.events".into(), Changed::TYPE.into());
    channel.queue_bind(FORMER.into(), exchange, key, Default::default(), FieldTable::default()).await.unwrap();
}

async fn channel(world: &World) -> Channel {
    let url = world.broker.as_ref().unwrap().url();
    let connection = Connection::connect(url, ConnectionProperties::default()).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
    channel
}

/// Puts an event straight into a queue, as if it had come by there.
async fn put(world: &World, channel: &Channel, queue: &str, value: &str, headers: FieldTable) {
    let event = Changed { value: value.to_owned() };
    let envelope = Envelope {
        id: world.ids.next::<kernel::EventId>().to_string(),
        r#type: Changed::TYPE.to_owned(),
        province: "qc".to_owned(),
        aggregate_id: value.to_owned(),
        aggregate_version: 1,
        occurred_at: Some(prost_types::Timestamp { seconds: 1_800_000_000, nanos: 0 }),
        payload: prost::Message::encode_to_vec(&event),
    };
    let properties = BasicProperties::default().with_delivery_mode(2).with_headers(headers);
    let data = prost::Message::encode_to_vec(&envelope);
    let published = channel.basic_publish("".into(), queue.into(), BasicPublishOptions::default(), &data, properties);
    published.await.unwrap().await.unwrap();
}

async fn is_there(world: &World, queue: &str) -> bool {
    let passive = QueueDeclareOptions { passive: true, ..Default::default() };
    channel(world).await.queue_declare(queue.into(), passive, FieldTable::default()).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_in_former_queues_is_moved_and_they_are_gone() {
    let world = World::on_rabbitmq().await;
    let former = channel(&world).await;
    former_queues(&former).await;
    put(&world, &former, FORMER, "waiting", FieldTable::default()).await;
    put(&world, &former, &format!("{FORMER}.retry.1"), "once failed", FieldTable::default()).await;
    let mut given_up = FieldTable::default();
    given_up.insert("x-tandem-reason".into(), AMQPValue::LongString("poison".into()));
    put(&world, &former, &format!("{FORMER}.dead"), "dead", given_up).await;

    assert_eq!(world.transport().declare(&[&TARGET]).await.unwrap(), 0);
    for queue in [FORMER, &format!("{FORMER}.retry.1"), &format!("{FORMER}.retry.2"), &format!("{FORMER}.dead")] {
        assert!(!is_there(&world, queue).await, "{queue}");
    }
    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    world.publish("new").await;
    world.relay().drain().await.unwrap();
    wait_for("all that waited", async || world.all_effects().await == 3).await;
    let letters = dead_letters::list(&world.transport(), &[QUEUE.to_owned()]).await.unwrap();
    assert_eq!(letters.iter().map(|letter| letter.reason.as_str()).collect::<Vec<_>>(), ["poison"]);
    assert_eq!(dead_letters::replay(&world.transport(), QUEUE, None).await.unwrap(), 1);
    world.wait_for_effect("dead").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_queue_goes_with_the_last_server_that_consumes_from_it() {
    let world = World::on_rabbitmq().await;
    let former = channel(&world).await;
    former_queues(&former).await;
    let options = BasicConsumeOptions::default();
    let held = former.basic_consume(FORMER.into(), "".into(), options, FieldTable::default()).await.unwrap();
    put(&world, &former, FORMER, "in its hands", FieldTable::default()).await;

    assert_eq!(world.transport().declare(&[&TARGET]).await.unwrap(), 1, "still in use");
    assert!(is_there(&world, FORMER).await);
    drop(held);
    former.close(200, "ended".into()).await.unwrap();
    // The broker counts a consumer for a moment after its channel has gone.
    wait_for("nobody to consume any more", async || world.transport().declare(&[&TARGET]).await.unwrap() == 0).await;
    let _consumer = world.consume(&Recorder::taking()).await;
    world.wait_for_effect("in its hands").await;
    assert!(!is_there(&world, FORMER).await);
}
