//! Tandem beside the Django service, for seconds.

use std::{path::Path, process::Command};

use serde_json::Value;

/// What is said where the comparison can't be made: not of this run's making.
const SKIPS: [&str; 3] =
    ["Python 3 with its module `venv` is missing", "the packages can't be installed", "pgbench is not to be found"];

#[test]
#[ignore = "needs the packages that a run by hand installs from the package index"]
fn tandem_and_the_django_service_answer_side_by_side() {
    let _alone = crate::alone();
    let program = Path::new(env!("CARGO_BIN_EXE_loadtest"));
    let folder = tempfile::tempdir().expect("a folder for the results");
    let output = folder.path().join("peer.json");
    let outcome = Command::new(program)
        .args(["peer", "--seconds", "2", "--rate", "3", "--p99-limit-ms", "30000", "--connections", "2"])
        .args(["--requests", "2000", "--raw-seconds", "1", "--fixed-rows", "2000", "--output"])
        .arg(&output)
        .output()
        .expect("loadtest can be started");
    let complaint = String::from_utf8_lossy(&outcome.stderr);
    if SKIPS.iter().any(|cause| complaint.contains(cause)) {
        return;
    }
    let text = String::from_utf8_lossy(&outcome.stdout);
    assert!(outcome.status.success(), "{text}\n{complaint}");

    let results: Value = serde_json::from_slice(&std::fs::read(&output).expect("results")).expect("results in JSON");
    let lines = results["lines"].as_array().expect("lines");
    for name in ["raw accept", "raw inbox", "twin accept", "twin inbox", "tandem, inbox, 50 rows", "tandem, worklist"] {
        let line = lines.iter().find(|line| line["name"] == name).unwrap_or_else(|| panic!("{name} in {text}"));
        assert_eq!(line["failed"], 0, "{text}");
        assert!(line["per_second"].as_f64() > Some(0.0), "{text}");
        assert_eq!(line["to_raw"].is_null(), name == "tandem, worklist", "{text}");
    }
    // A page of the twin holds all ten requests that its agency has among 2,000.
    let inbox = lines.iter().find(|line| line["name"] == "twin inbox").expect("the twin's inbox");
    assert!(inbox["bytes"].as_u64() > Some(1000), "{text}");
    assert!(
        results["twin_memory_mib"].as_f64() > Some(1.0) && results["tandem_memory_mib"].as_f64() > Some(1.0),
        "{text}"
    );
    assert_eq!(
        results["tandem"]["verdict"]["confirmed"], results["tandem"]["verdict"]["confirmed_in_reports"],
        "{text}"
    );
}
