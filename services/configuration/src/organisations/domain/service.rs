//! Clinical services at sites (domain §5.3).

use kernel::{Locale, PersonId, ServiceId, SiteId, Text, sort_key};

use crate::resources::{Sorted, fold_all};

/// A clinical service at a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Where.
    pub site_id: SiteId,
    /// Name.
    pub name: Text,
    /// The person who receives its requests.
    pub receiving_coordinator_id: PersonId,
    /// Whether requests go straight to the destination (domain §7.4 no. 7).
    pub automatic_redirect: bool,
    /// False once removed.
    pub active: bool,
}

impl Sorted for Service {
    fn sort_key(&self, locale: Locale) -> String {
        sort_key(self.name.get(locale))
    }

    fn search_text(&self) -> String {
        fold_all(&[&self.name.fr, &self.name.en])
    }
}
