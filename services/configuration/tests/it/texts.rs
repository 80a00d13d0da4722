//! What people read.

use std::path::{Path, PathBuf};

use testkit::catalogue;

#[test]
fn every_reason_has_a_text_in_both_languages_and_no_text_is_unused() {
    catalogue::check(env!("CARGO_MANIFEST_DIR"), &["src"]);
}

#[test]
fn every_reason_that_the_code_gives_has_a_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let keys = [root.join("locales/fr"), root.join("../../crates/chassis/locales/fr")].map(|f| catalogue::keys(&f));
    let mut codes = Vec::new();
    for file in sources(&root.join("src")).iter().filter(|file| gives_reasons(file)) {
        let source = std::fs::read_to_string(file).expect("a source file");
        codes.extend(source.split('"').skip(1).step_by(2).filter(|c| is_reason(c)).map(str::to_owned));
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

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// Whether a file belongs to a layer that refuses what people ask; codes that are stored stand in the others.
fn gives_reasons(file: &Path) -> bool {
    let layers = ["app", "wire", "grpc"];
    file.with_extension("").iter().any(|part| layers.iter().any(|layer| part == *layer))
}
