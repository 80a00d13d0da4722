//! Coded reasons (domain §8).

use kernel::Locale;

use crate::resources::{Bilingual, Code, Sorted};

/// What a reason may be given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReasonUse {
    /// Accepting.
    Accept,
    /// Declining.
    Decline,
    /// Cancelling.
    Cancel,
}

/// A coded reason for accepting, declining or cancelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Stable code.
    pub code: Code,
    /// What people read.
    pub name: Bilingual,
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
        self.name.search_text(&[self.code.as_str()])
    }
}
