//! Tandem beside the Django service, for seconds.

use std::process::Command;

/// No test fetches anything: without the packages the comparison is refused before anything is started, and says why.
#[test]
fn what_is_missing_for_the_comparison_is_said() {
    let cache = tempfile::tempdir().expect("an empty cache folder");
    let outcome = Command::new(crate::program())
        .arg("peer")
        .env("XDG_CACHE_HOME", cache.path())
        .env("PIP_NO_INDEX", "1")
        .output()
        .expect("loadtest can be started");
    let complaint = String::from_utf8_lossy(&outcome.stderr);
    assert!(!outcome.status.success(), "{complaint}");
    let causes = ["Python 3 with its module `venv` is missing", "the packages can't be installed"];
    assert!(causes.iter().any(|cause| complaint.contains(cause)), "{complaint}");
}

#[test]
#[ignore = "needs the packages that a run by hand installs from the package index"]
fn tandem_and_the_django_service_answer_side_by_side() {
    let (results, text) = crate::run(&[
        "peer",
        "--seconds",
        "2",
        "--rate",
        "3",
        "--p99-limit-ms",
        "30000",
        "--connections",
        "2",
        "--requests",
        "2000",
        "--raw-seconds",
        "1",
        "--fixed-rows",
        "2000",
    ]);
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
