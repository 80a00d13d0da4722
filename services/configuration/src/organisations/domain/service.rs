//! Clinical services at sites (domain §5.3).

use kernel::{Locale, PersonId, ServiceId, SiteId};

use crate::resources::{Bilingual, Sorted};

/// A clinical service at a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Where.
    pub site_id: SiteId,
    /// Name.
    pub name: Bilingual,
    /// The person who receives its requests.
    pub receiving_coordinator_id: PersonId,
    /// Whether requests go straight to the destination (domain §7.4 no. 7).
    pub automatic_redirect: bool,
    /// False once removed.
    pub active: bool,
}

impl Sorted for Service {
    fn sort_key(&self, locale: Locale) -> String {
        self.name.sort_key(locale)
    }

    fn search_text(&self) -> String {
        self.name.search_text(&[])
    }
}
