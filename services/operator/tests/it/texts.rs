//! What the operator says is there in both languages, and nothing else is.

use kernel::Locale;
use operator::{domain::Reason, texts};

#[test]
fn french_and_english_say_the_same_things() {
    testkit::catalogue::check(env!("CARGO_MANIFEST_DIR"), &["src"]);
}

#[test]
fn reasons_are_worded_in_the_language_of_the_province() {
    assert_eq!(texts::why(Locale::En, &Reason::Backlog(1200)), "1200 messages are waiting.");
    assert_eq!(texts::why(Locale::Fr, &Reason::Backlog(1200)), "1200 messages sont en attente.");
}
