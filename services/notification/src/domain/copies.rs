//! What notification keeps of other services' records: what a mail needs, no more.

use kernel::{AgencyId, DestinationId, Locale, PersonId, ProgramId, ServiceId, SiteId};

/// A name in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LocalizedName {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

impl LocalizedName {
    /// The name in a language; the other where one is empty.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        let (first, second) = match locale {
            Locale::Fr => (&self.fr, &self.en),
            Locale::En => (&self.en, &self.fr),
        };
        if first.is_empty() { second } else { first }
    }
}

/// A staff record: business-card data (domain §13.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Where mail goes; may be empty.
    pub email: String,
    /// The language of their mails.
    pub locale: Locale,
    /// False once archived.
    pub active: bool,
    /// Whether they can sign in.
    pub account_active: bool,
    /// Whether they take mails (domain §4.6).
    pub alerts_accepted: bool,
}

impl Person {
    /// Given and family name; one-name people have the name in both fields (domain §4.2).
    #[must_use]
    pub fn full_name(&self) -> String {
        if self.first_name == self.last_name {
            return self.last_name.clone();
        }
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

/// A school or a health organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Which.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
}

/// A building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Which.
    pub id: SiteId,
    /// Its name.
    pub name: String,
}

/// A clinical service at a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Which.
    pub id: ServiceId,
    /// Its name.
    pub name: LocalizedName,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Which.
    pub id: DestinationId,
    /// Its name.
    pub name: String,
    /// Who answers for it.
    pub agent: Option<PersonId>,
    /// Where.
    pub site: Option<SiteId>,
}

/// A curriculum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Which.
    pub id: ProgramId,
    /// Its name.
    pub name: LocalizedName,
}

/// A coded reason (domain §8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Stable code.
    pub code: String,
    /// What people read.
    pub name: LocalizedName,
    /// May be given when accepting.
    pub for_accept: bool,
    /// May be given when declining.
    pub for_decline: bool,
    /// Still offered.
    pub active: bool,
}
