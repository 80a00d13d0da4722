//! Curricula of schools (domain §6).

use kernel::{AgencyId, Locale, ProgramId, Text, sort_key};

use crate::resources::{Sorted, fold_all};

/// A curriculum of a school that leads to a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Its id.
    pub id: ProgramId,
    /// Which school.
    pub agency_id: AgencyId,
    /// Name.
    pub name: Text,
    /// Code of the discipline, such as `nursing`.
    pub discipline: String,
    /// False for a program that only exists so that requests can be tracked.
    pub user: bool,
    /// False once retired.
    pub active: bool,
}

impl Program {
    /// Whether a text is the code of a discipline: 2 to 40 lower-case letters, digits, hyphens and underscores.
    #[must_use]
    pub fn is_discipline(text: &str) -> bool {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        (2..=40).contains(&text.len()) && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(good)
    }
}

impl Sorted for Program {
    fn sort_key(&self, locale: Locale) -> String {
        sort_key(self.name.get(locale))
    }

    fn search_text(&self) -> String {
        fold_all(&[&self.name.fr, &self.name.en])
    }
}
