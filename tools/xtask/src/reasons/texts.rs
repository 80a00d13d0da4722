//! The texts of reason codes, from the Fluent catalogues.

use std::{collections::BTreeMap, fs, path::Path};

use super::Reason;

/// The reasons of all crates that have a catalogue of errors, by code and home.
pub(super) fn all(root: &Path) -> anyhow::Result<Vec<Reason>> {
    let mut found = Vec::new();
    for folder in ["crates", "services"] {
        for entry in fs::read_dir(root.join(folder))? {
            let entry = entry?;
            let locales = entry.path().join("locales");
            if locales.join("fr/errors.ftl").exists() {
                let home = entry.file_name().to_string_lossy().into_owned();
                found.extend(of_home(&locales, &home)?);
            }
        }
    }
    found.sort_by(|a, b| (&a.code, &a.home).cmp(&(&b.code, &b.home)));
    Ok(found)
}

fn of_home(locales: &Path, home: &str) -> anyhow::Result<Vec<Reason>> {
    let read = |language: &str| fs::read_to_string(locales.join(language).join("errors.ftl"));
    let (french, mut english) = (messages(&read("fr")?), messages(&read("en")?));
    let reasons = french.into_iter().map(|(key, french)| Reason {
        code: key.to_uppercase().replace('-', "_"),
        home: home.to_owned(),
        english: english.remove(&key).unwrap_or_default(),
        french,
    });
    Ok(reasons.collect())
}

/// Key and text of each message; a text goes on in the lines that are indented.
fn messages(catalogue: &str) -> BTreeMap<String, String> {
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    let mut key = None;
    for line in catalogue.lines() {
        if line.starts_with([' ', '\t', '}']) {
            if let Some(text) = key.as_ref().and_then(|key| messages.get_mut(key)) {
                text.push(' ');
                text.push_str(line.trim());
            }
        } else if let Some((name, text)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            key = Some(name.trim().to_owned());
            messages.insert(name.trim().to_owned(), text.trim().to_owned());
        }
    }
    messages.into_iter().map(|(key, text)| (key, without_variants(text.trim()).replace('|', "\\|"))).collect()
}

/// `{ $from -> [DRAFT] New *[SENT] Sent }` is shown as `{ $from }`: which words there are is the catalogue's business.
fn without_variants(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("->") {
        shown.push_str(before.trim_end());
        let mut depth = 1;
        let end = after.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '{') - i32::from(*c == '}');
            depth == 0
        });
        shown.push(' ');
        rest = end.map_or("", |(at, _)| &after[at..]);
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_many_lines_is_one() {
        let found = messages(
            "# A note = none\nin-use = It serves { $n ->\n        [one] a unit\n       *[other] { $n } units\n    }.\nb = B\n",
        );
        assert_eq!(found["in-use"], "It serves { $n }.");
        assert_eq!((found["b"].as_str(), found.len()), ("B", 2));
    }
}
