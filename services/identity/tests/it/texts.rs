//! The catalogues hold what is asked for, in both languages, and nothing else.

#[test]
fn both_languages_hold_the_same_keys_and_none_too_many() {
    testkit::catalogue::check(env!("CARGO_MANIFEST_DIR"), &["src"]);
}
