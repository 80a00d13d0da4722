//! Every reason that this service raises has a text in both languages, and no text is there for nothing.

use std::{collections::BTreeSet, path::Path};

use testkit::catalogue;

#[test]
fn both_languages_hold_the_same_keys_and_none_too_many() {
    catalogue::check(env!("CARGO_MANIFEST_DIR"), &["src"]);
}

#[test]
fn every_reason_in_the_code_has_a_text_here_or_in_the_common_catalogue() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut known = catalogue::keys(&root.join("locales/fr"));
    known.extend(catalogue::keys(&root.join("../../crates/chassis/locales/fr")));
    // Reasons stand as literals where they are raised: in faults of fields, and in the `reason()` of errors.
    let raising = [
        "requests/domain/guard.rs",
        "requests/domain/reason.rs",
        "requests/domain/references.rs",
        "requests/domain/transitions/lifecycle.rs",
        "requests/app/drafts.rs",
        "requests/app/error.rs",
        "requests/app/lifecycle.rs",
        "requests/app/checks.rs",
        "requests/wire/answers.rs",
        "requests/wire/content.rs",
        "requests/wire/fields.rs",
        "requests/wire/list.rs",
        "occupancy/wire.rs",
    ];
    let mut raised = BTreeSet::new();
    for file in raising {
        let source = std::fs::read_to_string(root.join("src").join(file)).expect("the file is there");
        let literals = source
            .lines()
            .filter(|line| !line.contains(" = \"") && !line.contains("offered:"))
            .flat_map(|line| line.split('"').skip(1).step_by(2));
        let reasons =
            literals.filter(|text| text.len() > 4 && text.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
        raised.extend(reasons.map(|reason| reason.to_lowercase().replace('_', "-")));
    }
    assert!(raised.len() > 25, "{raised:?}");
    let mute: Vec<_> = raised.difference(&known).collect();
    assert!(mute.is_empty(), "without a text: {mute:?}");
}
