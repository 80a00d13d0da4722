//! Units that receive students (domain §5.4, §5.5).

use kernel::{DestinationId, Locale, PersonId, ServiceId, SiteId, Text, sort_key};

use crate::resources::{Sorted, fold_all};

/// A unit that receives students.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Its id.
    pub id: DestinationId,
    /// Where.
    pub site_id: SiteId,
    /// Which services of the site it serves; at least one, none twice.
    pub service_ids: Vec<ServiceId>,
    /// Name as the site says it.
    pub name: String,
    /// Short name; may be empty.
    pub short_name: String,
    /// The person who answers for it, if anyone does.
    pub agent_id: Option<PersonId>,
    /// Most students at the same time.
    pub capacity: i32,
    /// Most students in one group, 0 for none.
    pub maximum_group_size: i32,
    /// What the unit is; either language may be empty.
    pub description: Text,
    /// Where to find it in the building; may be empty.
    pub location: String,
    /// When students may come: in the order of the day, none twice; empty when nobody has said.
    pub shifts: Vec<Shift>,
    /// How long before its start a request should be there; 0 when nobody has said.
    pub minimum_notice_weeks: i32,
    /// What is to be done before arrival; either language may be empty.
    pub prerequisites: Text,
    /// False once closed for good.
    pub active: bool,
}

/// When of the day students come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shift {
    /// D.
    Day,
    /// E.
    Evening,
    /// N.
    Night,
}

impl Shift {
    /// Its name in rows.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "DAY",
            Self::Evening => "EVENING",
            Self::Night => "NIGHT",
        }
    }
}

/// What a list of destinations may be narrowed down by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those of this site.
    pub site: Option<SiteId>,
    /// Only those that serve this service.
    pub service: Option<ServiceId>,
}

impl Destination {
    /// The highest capacity and group size.
    pub const MOST: i32 = 999;

    /// The longest notice, in weeks.
    pub const LONGEST_NOTICE: i32 = 52;

    /// Whether `other` differs at most in the profile: names, numbers, and what it tells readers. That much is the destination
    /// coordinator's own (domain §4.4).
    #[must_use]
    pub fn differs_in_profile_alone(&self, other: &Self) -> bool {
        let profile_of_other = Self {
            name: other.name.clone(),
            short_name: other.short_name.clone(),
            capacity: other.capacity,
            maximum_group_size: other.maximum_group_size,
            description: other.description.clone(),
            location: other.location.clone(),
            shifts: other.shifts.clone(),
            minimum_notice_weeks: other.minimum_notice_weeks,
            prerequisites: other.prerequisites.clone(),
            ..self.clone()
        };
        profile_of_other == *other
    }
}

impl Sorted for Destination {
    fn sort_key(&self, _: Locale) -> String {
        sort_key(&self.name)
    }

    fn search_text(&self) -> String {
        fold_all(&[&self.name, &self.short_name])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_profile_is_names_numbers_and_texts() {
        let unit = Destination {
            id: Uuid::nil().into(),
            site_id: Uuid::nil().into(),
            service_ids: vec![Uuid::nil().into()],
            name: "4 Ouest".into(),
            short_name: "4O".into(),
            agent_id: None,
            capacity: 4,
            maximum_group_size: 8,
            description: Text::new("", ""),
            location: String::new(),
            shifts: vec![Shift::Day],
            minimum_notice_weeks: 0,
            prerequisites: Text::new("", ""),
            active: true,
        };
        let renamed = Destination { name: "4 Est".into(), capacity: 2, ..unit.clone() };
        assert!(unit.differs_in_profile_alone(&renamed));
        let described = Destination { description: Text::new("Unité", "Unit"), shifts: vec![], ..unit.clone() };
        assert!(unit.differs_in_profile_alone(&described));
        assert!(!unit.differs_in_profile_alone(&Destination { active: false, ..unit.clone() }));
        assert!(!unit.differs_in_profile_alone(&Destination { agent_id: Some(Uuid::nil().into()), ..unit.clone() }));
        assert!(!unit.differs_in_profile_alone(&Destination { service_ids: vec![], ..unit.clone() }));
    }
}
