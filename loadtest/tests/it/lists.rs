//! Inbox and worklist among some requests, for seconds.

use std::{path::Path, process::Command};

use serde_json::Value;

#[test]
fn inbox_and_worklist_are_answered_among_many_requests() {
    let program = Path::new(env!("CARGO_BIN_EXE_loadtest"));
    let folder = tempfile::tempdir().expect("a folder for the results");
    let output = folder.path().join("lists.json");
    let outcome = Command::new(program)
        .args(["lists", "--seconds", "2", "--requests", "4000", "--connections", "2"])
        .args(["--raw-seconds", "1", "--fixed-rows", "2000", "--output"])
        .arg(&output)
        .output()
        .expect("loadtest can be started");
    let text = String::from_utf8_lossy(&outcome.stdout);
    assert!(outcome.status.success(), "{text}\n{}", String::from_utf8_lossy(&outcome.stderr));

    let results: Value = serde_json::from_slice(&std::fs::read(&output).expect("results")).expect("results in JSON");
    let filled = &results["tandem"]["filled"];
    // A twentieth is open and the coordinator's, beside the few that were made through the API.
    assert!(filled["requests"].as_i64() >= Some(4000) && filled["open"].as_i64() >= Some(200), "{text}");
    assert!(filled["open"].as_i64() < Some(230) && filled["pending"].as_i64() >= Some(10), "{text}");
    let lines = results["tandem"]["lines"].as_array().expect("lines");
    let names: Vec<&str> = lines.iter().filter_map(|line| line["name"].as_str()).collect();
    assert_eq!(names, ["inbox, 50 rows", "inbox, one state", "worklist"]);
    for line in lines {
        assert_eq!(line["failed"], 0, "{text}");
        assert!(line["latency"]["count"].as_u64() > Some(0) && line["bytes"].as_u64() > Some(100), "{text}");
        assert!(line["latency"]["p50"].as_f64() <= line["latency"]["p99"].as_f64(), "{text}");
    }
}
