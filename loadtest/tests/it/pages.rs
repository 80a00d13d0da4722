//! Every main page of a crowded demonstration, for a few seconds.

#[test]
fn every_main_page_is_answered_and_its_time_told_apart_from_that_of_its_calls() {
    let (results, text) = crate::run(&["pages", "--seconds", "20", "--rate", "6"]);
    let pages = results["pages"].as_array().expect("pages");
    for name in ["sign-in", "answer by link", "home", "inbox, 200 rows", "request, redirecting", "site", "occupancy"] {
        assert!(pages.iter().any(|page| page["name"] == name), "{name} in {text}");
    }
    for page in pages {
        assert_eq!(page["failed"], 0, "{page}");
        assert!(page["whole"]["count"].as_u64() >= Some(1) && page["bytes"].as_u64() > Some(500), "{page}");
        let median = |part: &str| page[part]["p50"].as_f64().unwrap_or_default();
        assert!(median("own") > 0.0 && median("own") <= median("whole"), "{page}");
        // Pages without calls are never slower than those; all others are compared with theirs.
        assert_eq!(page["calls"] == 0, page["ratio"].is_null(), "{page}");
        assert_eq!(page["calls"] == 0, median("gateway") < 0.1, "{page}");
    }
}
