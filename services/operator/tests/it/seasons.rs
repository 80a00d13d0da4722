//! What begins and ends: peak windows, pauses, maintenance, migrations. The clock is the test's.

use operator::resource::State;
use serde_json::json;

use crate::{
    cluster::Cluster,
    environment::QUIET,
    journeys::{scaled, without_backlog},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_peak_is_met_ahead_of_time_and_given_back_step_by_step() {
    let Some(cluster) = Cluster::shared("a_peak_is_met_ahead_of_time_and_given_back_step_by_step").await else {
        return;
    };
    let (environment, operator) = scaled(cluster, "peak").await;
    // One day ahead, on the clock of the province.
    environment.set("2027-08-14T03:59:59Z");
    environment.status("quebec", "no peak yet", |status| status.peak.is_none()).await;
    assert_eq!(environment.bounds("tandem-qc-gateway").await, Some((2, 8)));
    environment.set("2027-08-14T04:00:00Z");
    environment.wait_for_bounds("tandem-qc-gateway", (5, 8)).await;
    let all_there = environment.status("quebec", "the peak to be met", |status| status.ready == "6/6").await;
    assert_eq!((all_there.peak.as_deref(), all_there.state), (Some("autumn"), State::Ready));
    environment.event("Peak", "gateway: 2 → 5").await;
    // After the window fewer would do; they go late, and one by one.
    environment.set("2027-09-16T04:00:00Z");
    environment.status("quebec", "calm", |status| status.components[0].calm_since.is_some()).await;
    assert_eq!(environment.bounds("tandem-qc-gateway").await, Some((5, 8)));
    for (seconds, min) in [(600, 4), (60, 3), (60, 2)] {
        environment.advance(seconds);
        environment.wait_for_bounds("tandem-qc-gateway", (min, 8)).await;
    }
    environment.advance(3_600);
    let status = environment.status("quebec", "the floor", |status| status.components[0].reason == "Floor").await;
    let steps: Vec<_> =
        status.decisions.iter().filter(|of| of.component == "gateway").map(|of| (of.from, of.to)).collect();
    assert_eq!(steps, [(3, 2), (4, 3), (5, 4), (2, 5), (0, 2)]);
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_province_is_not_touched_until_it_goes_on() {
    let Some(cluster) = Cluster::shared("a_paused_province_is_not_touched_until_it_goes_on").await else { return };
    let (environment, operator) = scaled(cluster, "pause").await;
    let declare = async |paused: bool| {
        let change = |spec: &mut serde_json::Value| {
            without_backlog(spec);
            (spec["paused"], spec["components"]["gateway"]["ceiling"]) = (json!(paused), json!(12));
        };
        environment.declare("quebec", change).await.unwrap();
    };
    declare(true).await;
    environment.state("quebec", State::Paused).await;
    environment.set("2027-08-20T12:00:00Z");
    environment.status("quebec", "the peak to be seen", |status| status.peak.is_some()).await;
    assert_eq!(environment.bounds("tandem-qc-gateway").await, Some((2, 8)));
    declare(false).await;
    environment.wait_for_bounds("tandem-qc-gateway", (5, 12)).await;
    environment.state("quebec", State::Ready).await;
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_scaled_while_a_migration_runs() {
    let Some(cluster) = Cluster::shared("nothing_is_scaled_while_a_migration_runs").await else { return };
    let (environment, operator) = scaled(cluster, "migration").await;
    environment.migrate("tandem-qc").await;
    let status = environment.state("quebec", State::Holding).await;
    assert!(status.summary.contains("tandem-qc-migrate"), "{}", status.summary);
    let standing = environment.autoscalers().get("tandem-qc-gateway").await.unwrap();
    assert_eq!(standing.data.pointer("/spec/behavior/scaleUp/selectPolicy"), Some(&json!("Disabled")));
    environment.set("2027-08-20T12:00:00Z");
    environment.status("quebec", "the peak to be seen", |status| status.peak.is_some()).await;
    assert_eq!(environment.bounds("tandem-qc-gateway").await, Some((2, 8)));
    environment.end_migration("tandem-qc").await;
    environment.wait_for_bounds("tandem-qc-gateway", (5, 8)).await;
    environment.state("quebec", State::Ready).await;
    let moving = environment.autoscalers().get("tandem-qc-gateway").await.unwrap();
    assert_eq!(moving.data.pointer("/spec/behavior/scaleUp/selectPolicy"), Some(&json!("Max")));
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn maintenance_begins_and_ends_by_the_clock() {
    let Some(cluster) = Cluster::shared("maintenance_begins_and_ends_by_the_clock").await else { return };
    let (environment, operator) = scaled(cluster, "maintenance").await;
    let change = |spec: &mut serde_json::Value| {
        without_backlog(spec);
        spec["maintenance"] = json!({ "from": "2027-05-10T13:00:00Z", "to": "2027-05-10T15:00:00Z" });
    };
    environment.declare("quebec", change).await.unwrap();
    environment.state("quebec", State::Ready).await;
    environment.set("2027-05-10T13:00:00Z");
    environment.state("quebec", State::Holding).await;
    environment.set("2027-05-10T15:00:00Z");
    environment.state("quebec", State::Ready).await;
    environment.set(QUIET);
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disruption_budget_sets_a_floor_and_its_end_gives_it_back() {
    let Some(cluster) = Cluster::shared("a_disruption_budget_sets_a_floor_and_its_end_gives_it_back").await else {
        return;
    };
    let (environment, operator) = scaled(cluster, "budget").await;
    environment.protect("tandem-qc", "gateway", 3).await;
    environment.wait_for_bounds("tandem-qc-gateway", (3, 8)).await;
    environment.event("DisruptionBudget", "gateway: 2 → 3").await;
    environment.status("quebec", "the third replica", |status| status.ready == "4/4").await;
    environment.unprotect("tandem-qc", "gateway").await;
    environment.status("quebec", "calm", |status| status.components[0].calm_since.is_some()).await;
    environment.advance(600);
    environment.wait_for_bounds("tandem-qc-gateway", (2, 8)).await;
    environment.end(operator).await;
}
