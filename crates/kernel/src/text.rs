//! A text in both languages.

use serde::{Deserialize, Serialize};

use crate::Locale;

/// A text in French and in English. Where one is missing, the other stands for both.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Text {
    /// French, as spoken in Québec; may be empty.
    pub fr: String,
    /// English, as spoken in Canada; may be empty.
    pub en: String,
}

impl Text {
    /// Both texts.
    #[must_use]
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fr: fr.into(), en: en.into() }
    }

    /// A name that is the same in both languages: of an organisation, a site, a unit.
    #[must_use]
    pub fn same(name: &str) -> Self {
        Self::new(name, name)
    }

    /// The text in a language; the other where that one is empty.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        let (first, second) = match locale {
            Locale::Fr => (&self.fr, &self.en),
            Locale::En => (&self.en, &self.fr),
        };
        if first.is_empty() { second } else { first }
    }

    /// Whether nothing is said in either language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fr.is_empty() && self.en.is_empty()
    }
}

/// Given and family name; people with one name have it in both fields (domain §4.2).
#[must_use]
pub fn full_name(first: &str, last: &str) -> String {
    if first == last {
        return last.to_owned();
    }
    format!("{first} {last}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_language_stands_for_a_missing_one() {
        let text = Text::new("Médecine", "");
        assert_eq!((text.get(Locale::Fr), text.get(Locale::En)), ("Médecine", "Médecine"));
        assert_eq!(Text::new("Médecine", "Medicine").get(Locale::En), "Medicine");
    }

    #[test]
    fn one_name_is_said_once() {
        assert_eq!(full_name("Denis", "Dubé"), "Denis Dubé");
        assert_eq!(full_name("Dubé", "Dubé"), "Dubé");
        assert_eq!(full_name("", "Dubé"), "Dubé");
    }
}
