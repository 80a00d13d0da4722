//! What events cost the database beside what their handlers do: next to nothing where many come together.

use std::sync::atomic::Ordering;

use testkit::{telemetry::Telemetry, wait_for};

use crate::world::{Recorder, World, append};

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
