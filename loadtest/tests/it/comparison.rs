//! The search for the sustained rate, of two programs, in seconds.

use std::{path::Path, process::Command};

use serde_json::Value;

#[test]
fn another_program_is_measured_in_the_same_run() {
    let _alone = crate::alone();
    let program = Path::new(env!("CARGO_BIN_EXE_loadtest"));
    let folder = tempfile::tempdir().expect("a folder for the results");
    let output = folder.path().join("load.json");
    let outcome = Command::new(program)
        .args(["load", "--seconds", "1", "--rate", "3", "--p99-limit-ms", "30000", "--raw-seconds", "0", "--beside"])
        // Any program of Tandem will do, so the same stands in for an earlier one.
        .arg(program.with_file_name("tandem"))
        .arg("--output")
        .arg(&output)
        .output()
        .expect("loadtest can be started");
    let text = String::from_utf8_lossy(&outcome.stdout);
    assert!(outcome.status.success(), "{text}\n{}", String::from_utf8_lossy(&outcome.stderr));

    let results: Value = serde_json::from_slice(&std::fs::read(&output).expect("results")).expect("results in JSON");
    let comparison = &results["comparison"];
    for played in [&results, &comparison["other"]] {
        assert!(played["phases"].as_array().is_some_and(|phases| !phases.is_empty()), "{text}");
        assert_eq!(played["verdict"]["confirmed"], played["verdict"]["confirmed_in_reports"], "{text}");
        assert_eq!((&played["verdict"]["lost"], &played["verdict"]["doubled"]), (&0.into(), &0.into()), "{text}");
    }
    // A build for development on a busy machine may sustain no rate at all; then there is nothing to compare.
    let both = results["sustained"].is_number() && comparison["other"]["sustained"].is_number();
    assert_eq!(comparison["ratios"].is_object(), both, "{text}");
    assert_eq!(comparison["again"].is_object(), comparison["other"]["sustained"].is_number(), "{text}");
    assert_eq!(results["raw_limit_skipped"], "as was asked", "{text}");
}
