//! Coded reasons (domain §8).

use directory::model::ReasonUse;
use kernel::{Locale, Text};

use crate::resources::{Code, Sorted, fold_all};

/// A coded reason for accepting, declining or cancelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Stable code.
    pub code: Code,
    /// What people read.
    pub name: Text,
    /// What it may be given for: at least one, in the order of the list, none twice.
    pub uses: Vec<ReasonUse>,
    /// False once it is no longer offered.
    pub active: bool,
}

impl Sorted for Reason {
    fn sort_key(&self, _: Locale) -> String {
        self.code.sort_key()
    }

    fn search_text(&self) -> String {
        fold_all(&[&self.name.fr, &self.name.en, self.code.as_str()])
    }
}
