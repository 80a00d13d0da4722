//! Every reason that this service raises has a text in both languages, and no text is there for nothing.

use std::{collections::BTreeSet, path::Path};

use testkit::catalogue;

#[test]
fn both_languages_hold_the_same_keys_and_none_too_many() {
    catalogue::check(env!("CARGO_MANIFEST_DIR"), &["src"]);
}

#[test]
fn each_entry_of_the_history_has_a_word() {
    for act in placement::domain::Act::ALL {
        for locale in kernel::Locale::ALL {
            assert_ne!(terms::history(act.code(), locale), "–", "{act:?}");
        }
    }
}

#[test]
fn every_reason_in_the_code_has_a_text_here_or_in_the_common_catalogue() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut known = catalogue::keys(&root.join("locales/fr"));
    known.extend(catalogue::keys(&root.join("../../crates/chassis/locales/fr")));
    // Reasons stand as literals where they are raised: in faults of fields, and in the `reason()` of errors.
    let raising = [
        "domain/guard.rs",
        "domain/reason.rs",
        "domain/references.rs",
        "domain/transitions.rs",
        "domain/content.rs",
        "app/error.rs",
        "app/create_request.rs",
        "app/redirect_request.rs",
        "wire/fields.rs",
        "wire/content.rs",
        "wire/list.rs",
        "wire/occupancy.rs",
        "wire/answers.rs",
    ];
    let mut raised = BTreeSet::new();
    for file in raising {
        let source = std::fs::read_to_string(root.join("src").join(file)).expect("the file is there");
        let literals =
            source.lines().filter(|line| !line.contains(" = \"")).flat_map(|line| line.split('"').skip(1).step_by(2));
        let reasons =
            literals.filter(|text| text.len() > 4 && text.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
        raised.extend(reasons.map(|reason| reason.to_lowercase().replace('_', "-")));
    }
    assert!(raised.len() > 25, "{raised:?}");
    let mute: Vec<_> = raised.difference(&known).collect();
    assert!(mute.is_empty(), "without a text: {mute:?}");
}
