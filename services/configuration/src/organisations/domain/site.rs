//! Buildings of health organisations (domain §5.2).

use kernel::{AgencyId, Locale, SiteId, fold, sort_key};

use crate::{
    organisations::domain::address::{Coordinates, PostalCode},
    resources::Sorted,
};

/// A building of a health organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Whose it is.
    pub agency_id: AgencyId,
    /// Name.
    pub name: String,
    /// Kind of facility, in the words of the source; may be empty.
    pub kind: String,
    /// Street and number; may be empty.
    pub street: String,
    /// City.
    pub city: String,
    /// Postal code, if known.
    pub postal_code: Option<PostalCode>,
    /// Where on the map, if known.
    pub coordinates: Option<Coordinates>,
    /// IANA name of its time zone; empty for the province's own.
    pub time_zone: String,
    /// Its page on the web; may be empty.
    pub web_link: String,
    /// False once closed for good.
    pub active: bool,
}

impl Sorted for Site {
    fn sort_key(&self, _: Locale) -> String {
        sort_key(&self.name)
    }

    fn search_text(&self) -> String {
        fold(&self.name)
    }
}
