//! What events cost the database beside what their handlers do: next to nothing where many come together.

use std::sync::atomic::Ordering;

use eventing::{Consumers, HandleBatch, HandlerError, Read, Received, Tx};
use testkit::{telemetry::Telemetry, wait_for};

use crate::world::{Changed, Recorder, World, append};

const EVENTS: usize = 100;
/// Of the handler of these tests, for each event.
const HANDLING: usize = 2;

#[tokio::test]
async fn a_batch_costs_what_one_event_costs() {
    let world = World::in_process().await;
    let recorder = Recorder::taking();
    // The queue exists; then its consumer is away.
    world.consume(&recorder).await.kill().await;
    let mut tx = eventing::begin(&world.source).await.unwrap();
    for number in 0..EVENTS {
        append(&mut tx, &world.ids, &number.to_string(), 1, &number.to_string()).await;
    }
    tx.commit().await.unwrap();

    let telemetry = Telemetry::of_process();
    let _before = telemetry.statements();
    assert_eq!(world.relay().drain().await.unwrap(), EVENTS);
    let relayed = telemetry.statements();
    assert!((1..=EVENTS / 5).contains(&relayed), "{relayed} for {EVENTS} events");

    let _consumer = world.consume(&recorder).await;
    wait_for("the batch", async || recorder.commits.load(Ordering::Relaxed) > 0).await;
    let taken = telemetry.statements();
    assert_eq!(recorder.commits.load(Ordering::Relaxed), 1, "one batch");
    let beside = taken.checked_sub(EVENTS * HANDLING).expect("each event was handled");
    assert!(beside <= EVENTS / 5, "{beside} for {EVENTS} events, beside those of the handler");
}

/// Writes the effects of a batch in one statement.
struct SetWise;

impl HandleBatch for SetWise {
    type Item = Received<Changed>;

    async fn handle(&self, tx: &mut Tx, batch: Vec<Received<Changed>>) -> Result<(), HandlerError> {
        sqlx::query("insert into effect (aggregate_id, value) select * from unnest($1::text[], $2::text[])")
            .bind(batch.iter().map(|received| received.aggregate_id.clone()).collect::<Vec<_>>())
            .bind(batch.iter().map(|received| received.event.value.clone()).collect::<Vec<_>>())
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

impl Read<Changed> for SetWise {
    fn read(&self, received: Received<Changed>) -> Result<Received<Changed>, HandlerError> {
        Ok(received)
    }
}

#[tokio::test]
async fn a_batch_that_is_handled_together_costs_what_one_event_costs_with_its_handler() {
    let world = World::in_process().await;
    let told = Recorder::taking();
    let consumers = || Consumers::of("target").batch(SetWise).on::<Changed>().end().after_commit(told.clone());
    world.run(consumers()).await.kill().await;
    let mut tx = eventing::begin(&world.source).await.unwrap();
    for number in 0..EVENTS / 2 {
        for version in [1, 2] {
            append(&mut tx, &world.ids, &number.to_string(), version, &format!("{number} {version}")).await;
        }
    }
    tx.commit().await.unwrap();
    let telemetry = Telemetry::of_process();
    while world.relay().drain().await.unwrap() > 0 {}
    let _before = telemetry.statements();
    let _consumer = world.run(consumers()).await;
    wait_for("the batch", async || told.commits.load(Ordering::Relaxed) > 0).await;
    let taken = telemetry.statements();
    assert_eq!(world.all_effects().await, i64::try_from(EVENTS).unwrap(), "in one batch");
    assert!(taken <= EVENTS / 5, "{taken} for {EVENTS} events");
    let reordered: i64 = sqlx::query_scalar(
        "select count(*) from effect later join effect earlier using (aggregate_id)
         where later.value like '% 2' and earlier.value like '% 1' and later.position < earlier.position",
    )
    .fetch_one(&world.target)
    .await
    .unwrap();
    assert_eq!(reordered, 0, "what happened to one aggregate is handled in its order");
}
