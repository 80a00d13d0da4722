//! The catalogues hold what is asked for, in both languages, and nothing else.

use std::{collections::BTreeSet, path::Path};

use reporting::{
    domain::{state::State, viewer::Side},
    wire::request_csv::{COLUMNS, state_key},
};
use testkit::catalogue;

/// The reasons that only this service raises, in its `errors.ftl`.
const OWN_REASONS: [&str; 1] = ["unknown-state"];

#[test]
fn the_report_has_a_text_for_each_column_and_each_visible_state() {
    let sides = [Side::School, Side::Coordinator, Side::Destination];
    let of = |side: Side| {
        State::ALL.into_iter().filter(|state| *state != State::Deleted).map(move |state| state_key(side, state))
    };
    let expected: BTreeSet<_> =
        COLUMNS.iter().map(|column| format!("column-{column}")).chain(sides.into_iter().flat_map(of)).collect();
    let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    for language in ["fr", "en"] {
        let mut keys = catalogue::keys(&locales.join(language));
        keys.retain(|key| !OWN_REASONS.contains(&key.as_str()));
        assert_eq!(keys, expected, "{language}");
    }
}

/// Whoever reads a page and then its file finds one word for a state.
#[test]
fn states_are_called_as_on_the_pages() {
    for language in ["fr", "en"] {
        let lines = |file: &str| {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file.replace("LANGUAGE", language));
            let text = std::fs::read_to_string(&file).unwrap();
            text.lines().filter(|line| line.starts_with("state-")).map(str::to_owned).collect::<BTreeSet<_>>()
        };
        let (own, pages) = (lines("locales/LANGUAGE/report.ftl"), lines("../web/locales/LANGUAGE/common.ftl"));
        assert_eq!(own.difference(&pages).collect::<Vec<_>>(), Vec::<&String>::new(), "{language}");
        assert!(own.len() > 10, "{own:?}");
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
