//! A few seconds of journeys through services that are processes of their own.

use std::{path::Path, process::Command};

use serde_json::Value;

#[test]
fn every_journey_arrives_where_a_broker_is_between_the_services() {
    let _alone = crate::alone();
    let program = Path::new(env!("CARGO_BIN_EXE_loadtest"));
    let folder = tempfile::tempdir().expect("a folder for the results");
    let output = folder.path().join("split.json");
    let outcome = Command::new(program)
        .args(["smoke", "--split", "--seconds", "3", "--rate", "2", "--raw-seconds", "0", "--output"])
        .arg(&output)
        .output()
        .expect("loadtest can be started");
    let complaint = String::from_utf8_lossy(&outcome.stderr);
    // Not of this run's making.
    if complaint.contains("RabbitMQ is not to be found") {
        return;
    }
    let text = String::from_utf8_lossy(&outcome.stdout);
    assert!(outcome.status.success(), "{text}\n{complaint}");

    let results: Value = serde_json::from_slice(&std::fs::read(&output).expect("results")).expect("results in JSON");
    let (phase, verdict) = (&results["phases"][0], &results["verdict"]);
    assert!(phase["arrived"].as_u64() >= Some(6) && phase["failed"] == 0, "{text}");
    assert_eq!(verdict["confirmed"], verdict["confirmed_in_reports"], "{text}");
    assert_eq!((&verdict["lost"], &verdict["doubled"]), (&0.into(), &0.into()), "{text}");
    assert_eq!(verdict["dead_letters"].as_array().map(Vec::len), Some(0), "{text}");
    // Whose time it is, is told apart.
    assert!(phase["cpu_ms"]["broker"].as_f64() > Some(0.0) && phase["cpu_ms"]["tandem"].as_f64() > Some(0.0), "{text}");
}
