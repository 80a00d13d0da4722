//! The catalogues hold what is asked for, in both languages, and nothing else.

use std::{collections::BTreeSet, path::Path};

use reporting::reports::wire::columns::COLUMNS;
use testkit::catalogue;

/// The reasons that only this service raises, in its `errors.ftl`.
const OWN_REASONS: [&str; 1] = ["unknown-state"];

#[test]
fn the_report_has_a_text_for_each_column() {
    let expected: BTreeSet<_> =
        COLUMNS.iter().map(|column| format!("column-{}", column.key.replace('_', "-"))).collect();
    let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    for language in ["fr", "en"] {
        let mut keys = catalogue::keys(&locales.join(language));
        keys.retain(|key| !OWN_REASONS.contains(&key.as_str()));
        assert_eq!(keys, expected, "{language}");
    }
}

#[test]
fn both_languages_hold_the_same_keys_and_none_too_many() {
    catalogue::check(env!("CARGO_MANIFEST_DIR"), &["src"]);
}

#[test]
fn every_reason_has_a_text_here_or_in_the_common_catalogue() {
    let common = catalogue::keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/chassis/locales/fr"));
    // What this service raises through the getters that it calls, and with its own errors.
    let reasons = [
        "out-of-scope",
        "unavailable",
        "internal",
        "invalid-fields",
        "malformed-date",
        "date-reversed",
        "malformed-id",
        "out-of-range",
        "malformed-page-token",
    ];
    for reason in reasons {
        assert!(common.contains(reason), "{reason} has no text");
    }
}
