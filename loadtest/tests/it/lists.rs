//! Inbox and worklist among some requests, for seconds.

use serde_json::Value;

#[test]
fn inbox_and_worklist_are_answered_among_many_requests() {
    let (results, text) = crate::run(&[
        "lists",
        "--seconds",
        "2",
        "--requests",
        "4000",
        "--connections",
        "2",
        "--raw-seconds",
        "1",
        "--fixed-rows",
        "2000",
    ]);
    assert_eq!(rows(&results["tandem"]), ["inbox, 50 rows", "inbox, one state", "worklist"]);
    let inbox = &results["tandem"]["lines"][0];
    assert!(inbox["bytes"].as_u64() <= Some(25_000), "a lean page: {text}");
}

/// What was asked, after a look at how it was answered.
fn rows(found: &Value) -> Vec<&str> {
    let filled = &found["filled"];
    // A twentieth is open and the coordinator's, beside the few that were made through the API.
    assert!(filled["requests"].as_i64() >= Some(4000) && filled["open"].as_i64() >= Some(200), "{found}");
    assert!(filled["open"].as_i64() < Some(230) && filled["pending"].as_i64() >= Some(10), "{found}");
    let lines = found["lines"].as_array().expect("lines");
    for line in lines {
        assert_eq!(line["failed"], 0, "{line}");
        assert!(line["latency"]["count"].as_u64() > Some(0) && line["bytes"].as_u64() > Some(100), "{line}");
        assert!(line["latency"]["p50"].as_f64() <= line["latency"]["p99"].as_f64(), "{line}");
    }
    lines.iter().filter_map(|line| line["name"].as_str()).collect()
}
