//! Checks of Fluent catalogues: French and English hold the same keys, and no key is there for nothing.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Compares `locales/fr` with `locales/en` of a crate, and looks for each key in the crate's `folders`: literally, as the
/// reason code that it belongs to, or by a prefix before `{` in a formatted key such as `month-{}`.
///
/// # Panics
/// If a key is missing in one language or used nowhere.
pub fn check(crate_folder: &str, folders: &[&str]) {
    let root = Path::new(crate_folder);
    let (french, english) = (keys(&root.join("locales/fr")), keys(&root.join("locales/en")));
    let missing: Vec<_> = french.symmetric_difference(&english).collect();
    assert!(missing.is_empty(), "only in one language: {missing:?}");
    let sources: String = folders.iter().flat_map(|f| files(&root.join(f))).map(|f| read(&f)).collect();
    let unused: Vec<_> = french.iter().filter(|key| !is_used(key, &sources)).collect();
    assert!(unused.is_empty(), "used nowhere: {unused:?}");
}

/// The keys of all catalogues in a folder.
///
/// # Panics
/// If the folder cannot be read.
#[must_use]
pub fn keys(folder: &Path) -> BTreeSet<String> {
    let line_key = |line: &str| {
        let (key, _) = line.split_once(" =").or_else(|| line.split_once('='))?;
        let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic()) && !key.contains(' ');
        is_key.then(|| key.to_owned())
    };
    files(folder).iter().flat_map(|f| read(f).lines().filter_map(line_key).collect::<Vec<_>>()).collect()
}

fn is_used(key: &str, sources: &str) -> bool {
    let reason = key.to_uppercase().replace('-', "_");
    let mut prefixes = key.match_indices('-').map(|(at, _)| format!("{}{{", &key[..=at]));
    sources.contains(&format!("\"{key}\""))
        || sources.contains(&format!("\"{reason}\""))
        || prefixes.any(|p| sources.contains(&p))
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
