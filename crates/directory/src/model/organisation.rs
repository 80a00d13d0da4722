//! Agencies and what is below them (domain §5.1).

use kernel::{AgencyId, DestinationId, PersonId, ServiceId, SiteId, Text};

use super::Side;

/// A school or a health organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Which.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// Whether it sends or hosts students.
    pub side: Side,
    /// Whether it works in Tandem.
    pub is_user: bool,
    /// False once retired.
    pub active: bool,
}

/// A building of a health organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Which.
    pub id: SiteId,
    /// Its agency.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// False once closed for good.
    pub active: bool,
}

/// A clinical service at a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Which.
    pub id: ServiceId,
    /// Its site.
    pub site: SiteId,
    /// Its name.
    pub name: Text,
    /// Who receives its requests.
    pub coordinator: Option<PersonId>,
    /// Whether its requests go past the coordinator (domain §7.4 no. 7).
    pub redirects_automatically: bool,
    /// False once removed.
    pub active: bool,
}

/// A unit that receives students.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Which.
    pub id: DestinationId,
    /// Its site.
    pub site: SiteId,
    /// The services that it serves.
    pub services: Vec<ServiceId>,
    /// Its name.
    pub name: String,
    /// Who answers for it.
    pub agent: Option<PersonId>,
    /// Most students at the same time.
    pub capacity: i32,
    /// Most students in one group; 0 for no maximum of its own.
    pub group_size: i32,
    /// How many weeks before its first day a request is to reach it; 0 for none.
    pub notice_weeks: i32,
    /// False once closed for good.
    pub active: bool,
}
