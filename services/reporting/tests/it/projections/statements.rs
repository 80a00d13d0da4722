//! What events cost the database.

use proto::placement::v1::State;
use testkit::telemetry::Telemetry;

use crate::world::{Happens::*, World, facts, steps};

const NOON: &str = "2026-11-02T17:00:00Z";

#[tokio::test]
async fn an_event_costs_a_statement_for_its_facts_and_one_for_its_milestone() {
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
        assert!((2..=3).contains(&executed), "{executed} with COMMIT: {:?}", step.happens);
    }
}

/// Under load events come together, and then cost next to nothing each.
#[tokio::test]
async fn events_that_come_together_cost_what_one_costs() {
    let world = World::new().await;
    let life = [(To(State::Draft), NOON), (To(State::Sent), NOON), (To(State::Accepted), NOON)];
    let lives: Vec<_> = (1..=20).map(|number| steps(facts(number), &life)).collect();
    let telemetry = Telemetry::of_process();
    let _before = telemetry.statements();
    for (step, expected) in [(0, 2), (1, 3), (2, 3)] {
        let batch: Vec<_> = lives.iter().map(|life| life[step].clone()).collect();
        world.deliver_all(&batch).await;
        assert_eq!(telemetry.statements(), expected, "as one, with COMMIT");
    }
}
