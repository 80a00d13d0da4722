//! Schools and health organisations (domain §5.1, §6).

use directory::model::Side;
use kernel::{AgencyId, Locale, sort_key};

use crate::resources::{Sorted, fold_all};

/// A school or a health organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// Its side, for good.
    pub kind: Side,
    /// Legal name.
    pub name: String,
    /// How people call it; may be empty.
    pub short_name: String,
    /// Whether it works in Tandem; others exist so that requests can be tracked (domain §3).
    pub user: bool,
    /// City of the head office; may be empty.
    pub city: String,
    /// False once retired.
    pub active: bool,
}

impl Sorted for Agency {
    fn sort_key(&self, _: Locale) -> String {
        sort_key(&self.name)
    }

    fn search_text(&self) -> String {
        fold_all(&[&self.name, &self.short_name])
    }
}
