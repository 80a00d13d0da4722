//! Who changed what on the profile of a service or a destination (domain §5.5 "History").

use jiff::Timestamp;
use kernel::{AgencyId, DestinationId, HistoryEntryId, PersonId, ServiceId, SiteId};
use serde::{Deserialize, Serialize};

use crate::organisations::{Destination, Service, Shift};

/// What has a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A service.
    Service(ServiceId),
    /// A destination.
    Destination(DestinationId),
}

/// Where a profile stands in the tree of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its agency.
    pub agency: AgencyId,
    /// Its site.
    pub site: SiteId,
    /// The service itself, or those that the destination serves.
    pub services: Vec<ServiceId>,
    /// The destination, if it is one.
    pub destination: Option<DestinationId>,
}

/// One field that became different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Path of the field in its message.
    pub field: String,
    /// What it was; people and services by their ids.
    pub old: String,
    /// What it is from then on.
    pub new: String,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileChange {
    /// Its id.
    pub id: HistoryEntryId,
    /// The version of the entry that it led to; the first is its creation.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub person: PersonId,
    /// What became different; nothing at creation.
    pub fields: Vec<FieldChange>,
}

/// What the ids in a field name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// People.
    People,
    /// Services.
    Services,
}

impl FieldChange {
    /// What its values name, if they are ids.
    #[must_use]
    pub fn names(&self) -> Option<Names> {
        match self.field.as_str() {
            "agent_id" | "receiving_coordinator_id" => Some(Names::People),
            "service_ids" => Some(Names::Services),
            _ => None,
        }
    }

    /// The parts of both values, where there may be several.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.old.split(SEPARATOR).chain(self.new.split(SEPARATOR)).filter(|part| !part.is_empty())
    }

    /// The same with each part of both values as `spell` writes it.
    #[must_use]
    pub fn spelled(self, spell: impl Fn(&str) -> String) -> Self {
        let value = |value: &str| {
            let parts = value.split(SEPARATOR).filter(|part| !part.is_empty());
            parts.map(&spell).collect::<Vec<_>>().join(", ")
        };
        Self { old: value(&self.old), new: value(&self.new), field: self.field }
    }
}

/// Between ids and codes of one field.
const SEPARATOR: char = ',';

/// What is different between two versions of a service.
#[must_use]
pub fn of_service(before: &Service, after: &Service) -> Vec<FieldChange> {
    let mut found = Differences::default();
    found.compare("name.fr", &before.name.fr, &after.name.fr);
    found.compare("name.en", &before.name.en, &after.name.en);
    let (old, new) = (before.receiving_coordinator_id, after.receiving_coordinator_id);
    found.compare("receiving_coordinator_id", old, new);
    found.compare("automatic_redirect", before.automatic_redirect, after.automatic_redirect);
    found.compare("active", before.active, after.active);
    found.0
}

/// What is different between two versions of a destination.
#[must_use]
pub fn of_destination(before: &Destination, after: &Destination) -> Vec<FieldChange> {
    let mut found = Differences::default();
    found.compare("service_ids", joined(&before.service_ids), joined(&after.service_ids));
    found.compare("name", &before.name, &after.name);
    found.compare("short_name", &before.short_name, &after.short_name);
    let id = |person: Option<PersonId>| person.map(|id| id.to_string()).unwrap_or_default();
    found.compare("agent_id", id(before.agent_id), id(after.agent_id));
    found.compare("capacity", before.capacity, after.capacity);
    found.compare("maximum_group_size", before.maximum_group_size, after.maximum_group_size);
    found.compare("description.fr", &before.description.fr, &after.description.fr);
    found.compare("description.en", &before.description.en, &after.description.en);
    found.compare("location", &before.location, &after.location);
    let codes = |shifts: &[Shift]| joined(&shifts.iter().copied().map(Shift::code).collect::<Vec<_>>());
    found.compare("shifts", codes(&before.shifts), codes(&after.shifts));
    found.compare("minimum_notice_weeks", before.minimum_notice_weeks, after.minimum_notice_weeks);
    found.compare("prerequisites.fr", &before.prerequisites.fr, &after.prerequisites.fr);
    found.compare("prerequisites.en", &before.prerequisites.en, &after.prerequisites.en);
    found.compare("active", before.active, after.active);
    found.0
}

#[derive(Default)]
struct Differences(Vec<FieldChange>);

impl Differences {
    fn compare(&mut self, field: &str, old: impl ToString, new: impl ToString) {
        let (old, new) = (old.to_string(), new.to_string());
        if old != new {
            self.0.push(FieldChange { field: field.to_owned(), old, new });
        }
    }
}

fn joined(parts: &[impl ToString]) -> String {
    parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(&SEPARATOR.to_string())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use kernel::Text;

    fn unit() -> Destination {
        Destination {
            id: Uuid::from_u128(1).into(),
            site_id: Uuid::from_u128(2).into(),
            service_ids: vec![Uuid::from_u128(3).into()],
            name: "4 Ouest".into(),
            short_name: "4O".into(),
            agent_id: None,
            capacity: 4,
            maximum_group_size: 8,
            description: Text::new("Unité", "Unit"),
            location: String::new(),
            shifts: vec![Shift::Day],
            minimum_notice_weeks: 0,
            prerequisites: Text::new("", ""),
            active: true,
        }
    }

    #[test]
    fn what_stays_is_no_change() {
        assert_eq!(of_destination(&unit(), &unit()), []);
    }

    #[test]
    fn every_field_of_a_profile_is_told() {
        let other = Destination {
            id: unit().id,
            site_id: unit().site_id,
            service_ids: vec![Uuid::from_u128(4).into(), Uuid::from_u128(5).into()],
            name: "5 Ouest".into(),
            short_name: String::new(),
            agent_id: Some(Uuid::from_u128(6).into()),
            capacity: 5,
            maximum_group_size: 0,
            description: Text::new("Autre", "Other"),
            location: "Aile B".into(),
            shifts: vec![Shift::Day, Shift::Night],
            minimum_notice_weeks: 6,
            prerequisites: Text::new("Masque", "Mask"),
            active: false,
        };
        let told = of_destination(&unit(), &other);
        // Id and site are for good; description and prerequisites are told by language.
        assert_eq!(told.len(), 14, "{told:?}");
        let shifts = told.iter().find(|change| change.field == "shifts").expect("the shifts");
        assert_eq!((shifts.old.as_str(), shifts.new.as_str()), ("DAY", "DAY,NIGHT"));
    }

    #[test]
    fn ids_are_spelled_one_by_one() {
        let change = FieldChange { field: "service_ids".into(), old: "a,b".into(), new: String::new() };
        assert_eq!(change.names(), Some(Names::Services));
        assert_eq!(change.parts().collect::<Vec<_>>(), ["a", "b"]);
        let spelled = change.spelled(|id| id.to_uppercase());
        assert_eq!((spelled.old.as_str(), spelled.new.as_str()), ("A, B", ""));
    }
}
