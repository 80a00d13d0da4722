//! A few seconds of journeys, and pgbench beside them.

use serde_json::Value;

/// How causes begin for which the raw limit is skipped.
const SKIPS: [&str; 2] = ["pgbench is not to be found", "the server's log"];

#[test]
fn every_journey_of_the_smoke_profile_arrives_and_pgbench_repeats_its_statements() {
    let (results, text) = crate::run(&[
        "smoke",
        "--seconds",
        "4",
        "--rate",
        "3",
        "--raw-seconds",
        "1",
        "--raw-clients",
        "2",
        "--fixed-rows",
        "2000",
    ]);
    let phase = &results["phases"][0];
    // Twelve begin in four seconds, and one more where the last falls on the end.
    assert!(phase["arrived"].as_u64().is_some_and(|count| (12..=13).contains(&count)), "{text}");
    assert_eq!((&phase["failed"], &phase["given_up"]), (&0.into(), &0.into()), "{text}");
    assert_eq!(results["verdict"]["confirmed"], results["verdict"]["confirmed_in_reports"], "{text}");
    assert_eq!((&results["verdict"]["lost"], &results["verdict"]["doubled"]), (&0.into(), &0.into()), "{text}");

    let statements = &results["statements"];
    if statements.is_object() {
        let calls = statements["statements_by_call"].as_array().expect("a number for each call");
        assert!(calls.len() == 6 && calls.iter().all(|count| count.as_f64() >= Some(3.0)), "{text}");
        let each = |of: &str| statements["together"][of].as_f64().unwrap_or_default();
        assert!(each("statements_per_call") >= 3.0 && each("statements_per_event") > 0.0, "{text}");
        assert!(each("statements_per_mail") > 0.0 && each("mails") > 0.0, "{text}");
    }
    match results["raw_limit_skipped"].as_str() {
        // Not of this run's making: pgbench is not installed, or the given server keeps its log from us.
        Some(cause) => assert!(SKIPS.iter().any(|known| cause.starts_with(known)), "{text}"),
        None => assert!(results["raw_limit"]["runs"][1]["journeys"].as_u64() > Some(0), "{text}"),
    }

    // What a call costs is counted here, so that a statement more is seen: its transaction, what it answers with, its own. Whoever
    // accepts waits for others who accept at the unit, and counts its students.
    if let Some(calls) = results["statements"]["statements_by_call"].as_array() {
        let statements: Vec<f64> = calls.iter().filter_map(Value::as_f64).collect();
        assert_eq!(statements, [7.0, 8.0, 8.0, 10.0, 10.0, 8.0], "{text}");
    }

    match results["fixed_limit_skipped"].as_str() {
        Some(cause) => assert!(cause.starts_with(SKIPS[0]), "{text}"),
        None => {
            let limit = &results["fixed_limit"];
            assert_eq!(limit["accept"]["runs"].as_array().map(Vec::len), Some(2), "before and after: {text}");
            assert!(limit["inbox"]["per_second"].as_f64() > Some(0.0), "{text}");
        }
    }
}
