//! What notification keeps of other services' records: what a mail needs, no more.

use kernel::{AgencyId, DestinationId, Locale, PersonId, ProgramId, ServiceId, SiteId, Text};

/// A staff record: business-card data (domain §13.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) id: PersonId,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) locale: Locale,
    pub(crate) active: bool,
    pub(crate) account_active: bool,
    pub(crate) alerts_accepted: bool,
}

impl Person {
    /// Given and family name; one-name people have the name in both fields (domain §4.2).
    pub(crate) fn full_name(&self) -> String {
        if self.first_name == self.last_name {
            return self.last_name.clone();
        }
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

/// A school or a health organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Agency {
    pub(crate) id: AgencyId,
    pub(crate) name: String,
}

/// A building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    pub(crate) id: SiteId,
    pub(crate) name: String,
}

/// A clinical service at a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) id: ServiceId,
    pub(crate) name: Text,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Destination {
    pub(crate) id: DestinationId,
    pub(crate) name: String,
    pub(crate) agent: Option<PersonId>,
    pub(crate) site: Option<SiteId>,
}

/// A curriculum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Program {
    pub(crate) id: ProgramId,
    pub(crate) name: Text,
}

/// A coded reason (domain §8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) code: String,
    pub(crate) name: Text,
    pub(crate) for_accept: bool,
    pub(crate) for_decline: bool,
    pub(crate) active: bool,
}

/// Names behind the ids of a request, as far as they are known here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) placing_agency: Option<String>,
    pub(crate) receiving_agency: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) service: Option<Text>,
    pub(crate) destination: Option<String>,
    pub(crate) program: Option<Text>,
    pub(crate) reason: Option<Text>,
    pub(crate) actor: Option<Person>,
    pub(crate) coordinator: Option<Person>,
}
