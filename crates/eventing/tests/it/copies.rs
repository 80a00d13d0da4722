//! A copy of another service's data: empty at first, filled by the owner's export, kept by its events.

use eventing::{
    Consumers, copy,
    outbox::{self, Fact},
};
use futures::stream;
use kernel::{Clock as _, SystemClock};
use proto::event::v1::Envelope;

use crate::world::{Changed, Recorder, World};

type Answer = Result<Envelope, anyhow::Error>;

fn exported(world: &World, id: &str, version: i64) -> Answer {
    let (id, aggregate_id) = (world.ids.next(), id.to_owned());
    let fact = Fact { id, aggregate_id, aggregate_version: version, occurred_at: SystemClock.now() };
    Ok(outbox::envelope(&fact, "qc", &Changed { value: format!("v{version}") }))
}

fn consumers() -> Consumers {
    Consumers::of("target").on::<Changed>(Recorder::taking())
}

async fn rows(world: &World) -> i64 {
    sqlx::query_scalar("select count(*) from projection").fetch_one(&world.target).await.unwrap()
}

#[tokio::test]
async fn a_service_started_empty_catches_up_and_keeps_what_is_newer() {
    let world = World::in_process().await;
    let consumer = world.consume(&Recorder::taking()).await;
    world.publish_as("a7", 9, "v9").await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("v9").await;
    assert!(!copy::is_filled(&world.target, "source").await.unwrap());

    let export: Vec<Answer> = (0..450).map(|n| exported(&world, &format!("a{n}"), 1)).collect();
    let applied = copy::refill(&world.target, "source", &consumers(), stream::iter(export)).await.unwrap();
    assert_eq!((applied, rows(&world).await), (450, 450));
    assert!(copy::is_filled(&world.target, "source").await.unwrap());
    assert!(!copy::is_filled(&world.target, "another").await.unwrap());
    let newer: String =
        sqlx::query_scalar("select value from projection where id = 'a7'").fetch_one(&world.target).await.unwrap();
    assert_eq!(newer, "v9");
    consumer.stopped().await;
}

#[tokio::test]
async fn a_copy_whose_export_broke_off_is_not_filled_and_can_be_filled_again() {
    let world = World::in_process().await;
    let mut export: Vec<Answer> = (0..250).map(|n| exported(&world, &format!("a{n}"), 1)).collect();
    export.push(Err(anyhow::anyhow!("connection lost")));
    let broken = copy::refill(&world.target, "source", &consumers(), stream::iter(export)).await;
    assert!(matches!(broken, Err(copy::RefillError::Stream { .. })), "{broken:?}");
    assert!(!copy::is_filled(&world.target, "source").await.unwrap());

    let export: Vec<Answer> = (0..250).map(|n| exported(&world, &format!("a{n}"), 1)).collect();
    assert_eq!(copy::refill(&world.target, "source", &consumers(), stream::iter(export)).await.unwrap(), 250);
    assert!(copy::is_filled(&world.target, "source").await.unwrap());
    assert_eq!(rows(&world).await, 250);
}

#[tokio::test]
async fn an_export_of_unknown_types_is_passed_over() {
    let world = World::in_process().await;
    let mut envelope = exported(&world, "a", 1).unwrap();
    envelope.r#type = "source.v1.unknown".to_owned();
    let export = stream::iter([Ok::<_, anyhow::Error>(envelope)]);
    assert_eq!(copy::refill(&world.target, "source", &consumers(), export).await.unwrap(), 0);
}
