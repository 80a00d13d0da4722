//! The catalogues hold what is asked for, in both languages, and nothing else.

use std::{collections::BTreeSet, fs, path::Path};

use reporting::{
    domain::{state::State, viewer::Side},
    wire::request_csv::{COLUMNS, state_key},
};

fn keys(file: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(file);
    let text = fs::read_to_string(&path).expect("the catalogue is there");
    let messages = text.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()));
    let keys: Vec<_> = messages.filter_map(|l| l.split_once(" = ")).map(|(key, _)| key.to_owned()).collect();
    let distinct: BTreeSet<_> = keys.iter().cloned().collect();
    assert_eq!(distinct.len(), keys.len(), "a key stands twice in {file}");
    distinct
}

/// Whether a reason code stands in the sources of this service.
fn is_raised(reason: &str) -> bool {
    fn search(folder: &Path, needle: &str) -> bool {
        fs::read_dir(folder).expect("the sources are there").flatten().map(|entry| entry.path()).any(|path| {
            if path.is_dir() {
                search(&path, needle)
            } else {
                fs::read_to_string(&path).expect("a source file").contains(needle)
            }
        })
    }
    search(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &format!("\"{reason}\""))
}

#[test]
fn the_report_has_a_text_for_each_column_and_each_visible_state() {
    let sides = [Side::School, Side::Coordinator, Side::Destination];
    let visible = State::ALL.into_iter().filter(|state| sides.iter().any(|side| side.sees(*state) == Some(*state)));
    let expected: BTreeSet<_> =
        COLUMNS.iter().map(|column| format!("column-{column}")).chain(visible.map(state_key)).collect();
    for language in ["fr", "en"] {
        assert_eq!(keys(&format!("{language}/report.ftl")), expected, "{language}");
    }
}

#[test]
fn the_errors_have_a_text_in_both_languages_and_none_too_many() {
    let french = keys("fr/errors.ftl");
    assert_eq!(french, keys("en/errors.ftl"));
    for key in french {
        let reason = key.to_uppercase().replace('-', "_");
        assert!(is_raised(&reason), "{reason} is never raised");
    }
}

#[test]
fn every_reason_has_a_text_here_or_in_the_common_catalogue() {
    let common = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../crates/chassis/locales/fr/errors.ftl"))
        .expect("the common catalogue is there");
    let own = keys("fr/errors.ftl");
    // What this service raises itself or through the getters that it calls.
    let reasons = [
        "UNKNOWN_STATE",
        "OUT_OF_SCOPE",
        "UNAVAILABLE",
        "INTERNAL",
        "INVALID_FIELDS",
        "MALFORMED_DATE",
        "DATE_REVERSED",
        "MALFORMED_ID",
        "OUT_OF_RANGE",
        "MALFORMED_PAGE_TOKEN",
    ];
    for reason in reasons {
        let key = reason.to_lowercase().replace('_', "-");
        assert!(own.contains(&key) || common.contains(&format!("\n{key} = ")), "{reason} has no text");
    }
}
