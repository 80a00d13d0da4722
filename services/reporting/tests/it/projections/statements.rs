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
