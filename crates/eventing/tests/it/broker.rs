//! What only a broker can do to us. "Gone for a minute" is compressed: the broker is gone while a set number of events
//! pile up; the code has no limit that a longer absence would pass.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use eventing::{Consumer, Consumers, OutboxSignal, RabbitMqConfig, Relay, Topology, Transport};
use kernel::SystemClock;
use proto::Event as _;
use testkit::{rabbitmq::Node, wait_for};

use crate::world::{Changed, Reaction, Recorder, World, consumer_config, relay_config};

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_acknowledgement_does_not_double_the_effect() {
    let world = Arc::new(World::on_rabbitmq().await);
    let network = Arc::clone(&world);
    // The network breaks while the event is handled: the commit succeeds, the acknowledgement gets nowhere.
    let recorder = Recorder::new(move |value, nth| {
        if value == "once" && nth == 1 {
            network.proxy.as_ref().unwrap().cut();
        }
        Reaction::Take
    });
    let _consumer = world.consume(&recorder).await;
    world.publish("once").await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("once").await;
    world.proxy.as_ref().unwrap().mend();
    world.publish("later").await;
    wait_for("the relay to reach the broker", async || world.relay().drain().await.is_ok()).await;
    world.wait_for_effect("later").await;
    assert_eq!((world.effects("once").await, recorder.calls("once")), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_breaks_at_every_acknowledgement_stops_no_consumer() {
    const EVENTS: usize = 60;
    let world = Arc::new(World::on_rabbitmq().await);
    let network = Arc::clone(&world);
    let breaks = AtomicUsize::new(0);
    // Each break comes a little later than the last, so that they meet acknowledgements everywhere on their way.
    let recorder = Recorder::new(move |_, nth| {
        let (nth_break, network) = (breaks.fetch_add(1, Ordering::Relaxed), Arc::clone(&network));
        if nth == 1 {
            tokio::spawn(async move {
                for _ in 0..nth_break * 4 {
                    tokio::task::yield_now().await;
                }
                let proxy = network.proxy.as_ref().unwrap();
                proxy.cut();
                proxy.mend();
            });
        }
        Reaction::Take
    });
    for n in 0..EVENTS {
        world.publish(&format!("event-{n}")).await;
    }
    world.relay().drain().await.unwrap();
    let _consumer = world.consume(&recorder).await;
    let _relay = world.run_relay();
    wait_for("all effects", async || world.all_effects().await >= 60).await;
    assert_exactly_once(&world, 60).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_breaks_again_and_again_loses_doubles_and_disorders_nothing() {
    let world = World::on_rabbitmq().await;
    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    let _relay = world.run_relay();
    let proxy = world.proxy.as_ref().unwrap();
    for version in 1..=40 {
        for aggregate in 0..10 {
            world.publish_as(&format!("a{aggregate}"), version, &format!("a{aggregate}-v{version}")).await;
        }
        match version % 10 {
            3 => proxy.cut(),
            7 => proxy.mend(),
            _ => {}
        }
    }
    wait_for("all effects", async || world.all_effects().await >= 400).await;
    assert_exactly_once(&world, 400).await;
    let disorder = "select count(*) from effect a join effect b using (aggregate_id)
        where a.position < b.position and a.version > b.version";
    let disorder: i64 = sqlx::query_scalar(disorder).fetch_one(&world.target).await.unwrap();
    assert_eq!(disorder, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_killed_and_comes_back_has_lost_nothing() {
    let world = World::in_process().await;
    let mut node = tokio::task::spawn_blocking(Node::temporary).await.unwrap().unwrap();
    let transport = Transport::rabbitmq(RabbitMqConfig::new(node.url()));
    let consumers = Consumers::of("target").on::<Changed>(Recorder::taking());
    let clock = Arc::new(SystemClock);
    let consumer = Consumer::new(world.target.clone(), transport.clone(), consumers, clock.clone(), consumer_config());
    let subscribed = consumer.subscribed();
    let stop = tokio_util::sync::CancellationToken::new();
    let consuming = tokio::spawn(consumer.run(stop.clone()));
    subscribed.wait().await;
    let relay =
        Relay::new(world.source.clone(), transport, "qc".to_owned(), clock, OutboxSignal::default(), relay_config());
    let relaying = tokio::spawn(relay.run(stop.clone()));

    for n in 0..100 {
        world.publish(&format!("before-{n}")).await;
    }
    // In the middle of handling: some are handled, some are in the queue, some are in the outbox.
    wait_for("some effects", async || world.all_effects().await > 10).await;
    let mut node = tokio::task::spawn_blocking(move || node.kill().map(|()| node)).await.unwrap().unwrap();
    for n in 0..100 {
        world.publish(&format!("meanwhile-{n}")).await;
    }
    let node = tokio::task::spawn_blocking(move || node.restart().map(|()| node)).await.unwrap().unwrap();
    wait_for("all effects", async || world.all_effects().await >= 200).await;
    assert_exactly_once(&world, 200).await;
    stop.cancel();
    consuming.await.unwrap();
    relaying.await.unwrap();
    drop(node);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_before_a_consumers_first_start_waits_in_its_declared_queue() {
    const TARGET: Topology = Topology { service: "target", publishes: &[], consumes: &[Changed::TYPE], calls: &[] };
    let world = World::on_rabbitmq().await;
    world.transport().declare(&[&TARGET]).await.unwrap();
    world.publish("early").await;
    assert_eq!(world.relay().drain().await.unwrap(), 1);
    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    world.wait_for_effect("early").await;
    assert_eq!(TARGET.queue().as_deref(), Some(crate::world::QUEUE));
}

pub async fn assert_exactly_once(world: &World, events: i64) {
    let counts: (i64, i64) =
        sqlx::query_as("select count(*), count(distinct value) from effect").fetch_one(&world.target).await.unwrap();
    assert_eq!(counts, (events, events));
}
