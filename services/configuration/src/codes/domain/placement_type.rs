//! Dated codes for kinds of placements (domain §7.2).

use jiff::civil::Date;
use kernel::{Locale, Text};

use crate::resources::{Code, Sorted, fold_all};

/// A kind of placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementType {
    /// Stable code.
    pub code: Code,
    /// Name.
    pub name: Text,
    /// First day on which it may be used.
    pub valid_from: Date,
    /// Last day, included; never before the first.
    pub valid_to: Option<Date>,
}

impl PlacementType {
    /// Whether it may be used on a day.
    #[must_use]
    pub fn is_valid(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

impl Sorted for PlacementType {
    fn sort_key(&self, _: Locale) -> String {
        self.code.sort_key()
    }

    fn search_text(&self) -> String {
        fold_all(&[&self.name.fr, &self.name.en, self.code.as_str()])
    }
}
