//! What events cost the database.

use proto::placement::v1::State;
use testkit::telemetry::Telemetry;

use crate::world::{Happens::*, World, facts, steps};

const NOON: &str = "2026-11-02T17:00:00Z";

#[tokio::test]
async fn an_event_costs_one_statement() {
    let world = World::new().await;
    let life = [
        (To(State::Draft), NOON),
        (To(State::Sent), NOON),
        (To(State::RedirectedOffline), NOON),
        (UnitChanged, NOON),
        (To(State::AcceptedByDestination), NOON),
        (To(State::Accepted), NOON),
        (DatesChanged, NOON),
        (To(State::Cancelled), NOON),
        (Reactivated, NOON),
        (Resubmitted, NOON),
    ];
    let telemetry = Telemetry::of_process();
    let _before = telemetry.statements();
    for step in steps(facts(1), &life) {
        world.deliver(&step).await;
        let executed = telemetry.statements();
        assert_eq!(executed, 2, "with COMMIT: {:?}", step.happens);
    }
}

/// Under load events come together, of many requests and several of one.
#[tokio::test]
async fn events_that_come_together_cost_what_one_costs() {
    let world = World::new().await;
    let life = [(To(State::Draft), NOON), (To(State::Sent), NOON), (To(State::Accepted), NOON)];
    let batch: Vec<_> = (1..=20).flat_map(|number| steps(facts(number), &life)).collect();
    let telemetry = Telemetry::of_process();
    let _before = telemetry.statements();
    world.deliver_all(&batch).await;
    assert_eq!(telemetry.statements(), 2, "with COMMIT");
}
