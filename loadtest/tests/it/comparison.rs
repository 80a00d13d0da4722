//! The search for the sustained rate, of two programs, in seconds.

#[test]
fn another_program_is_measured_in_the_same_run() {
    let other = crate::another_program();
    let other = other.to_str().expect("a path in Unicode");
    let (results, text) = crate::run(&[
        "load",
        "--seconds",
        "1",
        "--rate",
        "3",
        "--p99-limit-ms",
        "30000",
        "--raw-seconds",
        "0",
        "--beside",
        other,
    ]);
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
