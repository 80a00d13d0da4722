//! Texts of the mails, in one language.

use std::{borrow::Cow, collections::HashMap};

use directory::model::ClosureReason;
use fluent_templates::fluent_bundle::FluentValue;
use jiff::civil::Date;
use kernel::Locale;

/// Looks texts up in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts(pub(super) Locale);

impl Texts {
    /// A text without arguments.
    pub(super) fn get(self, key: &str) -> String {
        self.with(key, [])
    }

    /// A text with its arguments. What is missing shows as its key; a test of this file keeps that from happening.
    pub(super) fn with<const N: usize>(self, key: &str, arguments: [(&'static str, FluentValue<'_>); N]) -> String {
        let arguments: HashMap<_, _> =
            arguments.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
        chassis::locale::look_up(&crate::LOCALES, self.0, key, &arguments).unwrap_or_else(|| key.to_owned())
    }

    /// A day as people write it.
    pub(super) fn date(self, date: Date) -> String {
        self.0.date(date)
    }
}

/// The key of the words for why a place is closed.
pub(super) fn closure_key(reason: ClosureReason) -> String {
    format!("closure-{}", reason.code().to_lowercase().replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::messages::{Message, Row};

    /// The keys of `mail.ftl` that are not of one message, row or reason.
    const KEYS: [&str; 11] = [
        "greeting",
        "dates",
        "students",
        "hours",
        "action-answer",
        "action-open",
        "action-address",
        "link-note",
        "contact",
        "footer",
        "footer-closure",
    ];

    const FILES: [[&str; 2]; 2] = [
        [include_str!("../../../locales/fr/mail.ftl"), include_str!("../../../locales/en/mail.ftl")],
        [include_str!("../../../locales/fr/errors.ftl"), include_str!("../../../locales/en/errors.ftl")],
    ];

    fn keys(catalogue: &str) -> BTreeSet<String> {
        let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
        catalogue.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase())).filter_map(key).collect()
    }

    #[test]
    fn no_key_is_missing_or_unused_in_either_language() {
        let mails = Message::ALL.iter().flat_map(|m| [format!("{}-subject", m.key()), format!("{}-lead", m.key())]);
        let code =
            [include_str!("compose.rs"), include_str!("texts.rs").split("#[cfg(test)]").next().unwrap()].concat();
        let unused: Vec<_> = KEYS.iter().filter(|key| !code.contains(&format!("\"{key}\""))).collect();
        assert!(unused.is_empty(), "{unused:?}");
        let rows = Row::ALL.iter().map(|row| row.code().to_owned());
        let reasons = ClosureReason::ALL.iter().map(|reason| closure_key(*reason));
        let mails: BTreeSet<_> = mails.chain(rows).chain(reasons).chain(KEYS.map(str::to_owned)).collect();
        let errors = crate::REASONS.iter().map(|r| r.to_lowercase().replace('_', "-")).collect();
        for (files, used) in FILES.iter().zip([mails, errors]) {
            for file in files {
                assert_eq!(keys(file), used);
            }
        }
    }

    #[test]
    fn counts_are_written_as_people_write_them() {
        let [fr, en] = Locale::ALL.map(Texts);
        let students = |texts: Texts, n: i32| texts.with("students", [("count", n.into())]);
        assert_eq!([0, 1, 2].map(|n| students(fr, n)), ["0 stagiaire", "1 stagiaire", "2 stagiaires"]);
        assert_eq!([0, 1, 2].map(|n| students(en, n)), ["0 students", "1 student", "2 students"]);
    }
}
