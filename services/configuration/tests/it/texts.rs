//! What people read.

use testkit::catalogue;

#[test]
fn every_reason_has_a_text_in_both_languages_and_no_text_is_unused() {
    catalogue::check(env!("CARGO_MANIFEST_DIR"), &["src"]);
}

#[test]
fn every_reason_that_the_code_gives_has_a_text() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let keys = [root.join("locales/fr"), root.join("../../crates/chassis/locales/fr")].map(|f| catalogue::keys(&f));
    let mut codes = Vec::new();
    for folder in ["src/app", "src/app/rules", "src/app/import_facilities", "src/wire", "src/grpc"] {
        for file in std::fs::read_dir(root.join(folder)).expect("a folder").flatten().map(|f| f.path()) {
            if file.is_file() {
                let source = std::fs::read_to_string(&file).expect("a source file");
                codes.extend(source.split('"').skip(1).step_by(2).filter(|c| is_reason(c)).map(str::to_owned));
            }
        }
    }
    assert!(codes.len() > 30, "the reasons were found: {codes:?}");
    for code in codes {
        let key = code.to_lowercase().replace('_', "-");
        assert!(keys.iter().any(|k| k.contains(&key)), "{code} has no text");
    }
}

fn is_reason(text: &str) -> bool {
    text.len() > 6 && text.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}
