//! A process that hosts relay and consumer is killed, again and again, in the middle of a stream of events.

use std::{env, sync::Arc};

use eventing::{Consumer, Consumers, OutboxSignal, RabbitMqConfig, Relay, Transport};
use kernel::SystemClock;
use sqlx::postgres::PgPoolOptions;
use testkit::{process::Process, wait_for};
use tokio::process::Command;
use tokio_util::sync::CancellationToken;

use crate::{
    broker::assert_exactly_once,
    world::{Changed, Recorder, World, consumer_config, relay_config},
};

const KILLS: i64 = 6;
const EVENTS: i64 = 1200;

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_in_a_stream_of_events_loses_and_doubles_nothing_through_a_broker() {
    kill_again_and_again(World::on_rabbitmq().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_in_a_stream_of_events_loses_and_doubles_nothing_in_process() {
    kill_again_and_again(World::in_process().await).await;
}

async fn kill_again_and_again(world: World) {
    // Declares the queue, so that the relay has somewhere to publish to from the beginning.
    world.consume(&Recorder::taking()).await.kill().await;
    for n in 0..EVENTS {
        world.publish(&format!("v{n}")).await;
    }
    for kill in 1..=KILLS {
        let mut host = start_host(&world);
        let goal = EVENTS * kill / (2 * KILLS);
        wait_for("some effects", async || world.all_effects().await >= goal).await;
        host.kill().await;
    }
    let seen = world.all_effects().await;
    assert!(seen < EVENTS, "the kills fell into the stream: {seen} of {EVENTS}");
    let _host = start_host(&world);
    wait_for("all effects", async || world.all_effects().await >= EVENTS).await;
    wait_for("the queue to run empty", async || {
        let left = "select count(*) from outbox where published_at is null";
        sqlx::query_scalar::<_, i64>(left).fetch_one(&world.source).await.unwrap() == 0
    })
    .await;
    assert_exactly_once(&world, EVENTS).await;
}

fn start_host(world: &World) -> Process {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "killed::host", "--ignored", "--nocapture"]);
    command.env("HOST_SOURCE", world.database.url_for_schema("source"));
    command.env("HOST_TARGET", world.database.url_for_schema("target"));
    if let Some(broker) = &world.broker {
        command.env("HOST_BROKER", broker.url());
    }
    Process::spawn(command)
}

/// Started by the tests above, to be killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "runs until it is killed"]
async fn host() {
    let pool = async |variable| PgPoolOptions::new().connect(&env::var(variable).unwrap()).await.unwrap();
    let (source, target) = (pool("HOST_SOURCE").await, pool("HOST_TARGET").await);
    let transport = env::var("HOST_BROKER")
        .map_or_else(|_| Transport::in_process(), |url| Transport::rabbitmq(RabbitMqConfig::new(url)));
    let clock = Arc::new(SystemClock);
    let consumers = Consumers::of("target").on::<Changed>(Recorder::taking());
    let config = eventing::ConsumerConfig { batch: 2, concurrency: 2, ..consumer_config() };
    let consumer = Consumer::new(target, transport.clone(), consumers, clock.clone(), config);
    let relay_config = eventing::RelayConfig { batch: 50, ..relay_config() };
    let relay = Relay::new(source, transport, "qc".to_owned(), clock, OutboxSignal::default(), relay_config);
    let stop = CancellationToken::new();
    tokio::join!(consumer.run(stop.clone()), relay.run(stop));
}
