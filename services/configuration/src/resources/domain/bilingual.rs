//! A text in both languages.

use kernel::{Locale, sort_key};

use crate::resources::domain::fold::fold_all;

/// A name in French and English; neither is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// French, as spoken in Québec.
    pub fr: String,
    /// English, as spoken in Canada.
    pub en: String,
}

impl Bilingual {
    /// Both texts.
    #[must_use]
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fr: fr.into(), en: en.into() }
    }

    /// The text in a language.
    #[must_use]
    pub fn text(&self, locale: Locale) -> &str {
        match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        }
    }

    /// What orders it among its like, for readers of a language.
    #[must_use]
    pub fn sort_key(&self, locale: Locale) -> String {
        sort_key(self.text(locale))
    }

    /// Both texts, to be searched, with others that belong to them.
    #[must_use]
    pub fn search_text(&self, others: &[&str]) -> String {
        fold_all(&[&[self.fr.as_str(), self.en.as_str()], others].concat())
    }
}
