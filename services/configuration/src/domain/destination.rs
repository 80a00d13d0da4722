//! Units that receive students (domain §5.4, §5.5).

use kernel::{DestinationId, Locale, PersonId, ServiceId, SiteId, fold};

use super::{Sorted, fold::fold_all};

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
    /// False once closed for good.
    pub active: bool,
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

    /// Whether `other` differs at most in the profile: names, capacity, group size. That much is the destination
    /// coordinator's own (domain §4.4).
    #[must_use]
    pub fn differs_in_profile_alone(&self, other: &Self) -> bool {
        let profile_of_other = Self {
            name: other.name.clone(),
            short_name: other.short_name.clone(),
            capacity: other.capacity,
            maximum_group_size: other.maximum_group_size,
            ..self.clone()
        };
        profile_of_other == *other
    }
}

impl Sorted for Destination {
    fn sort_key(&self, _: Locale) -> String {
        fold(&self.name)
    }

    fn search_text(&self) -> String {
        fold_all(&[&self.name, &self.short_name])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_profile_is_names_and_numbers() {
        let unit = Destination {
            id: Uuid::nil().into(),
            site_id: Uuid::nil().into(),
            service_ids: vec![Uuid::nil().into()],
            name: "4 Ouest".into(),
            short_name: "4O".into(),
            agent_id: None,
            capacity: 4,
            maximum_group_size: 8,
            active: true,
        };
        let renamed = Destination { name: "4 Est".into(), capacity: 2, ..unit.clone() };
        assert!(unit.differs_in_profile_alone(&renamed));
        assert!(!unit.differs_in_profile_alone(&Destination { active: false, ..unit.clone() }));
        assert!(!unit.differs_in_profile_alone(&Destination { agent_id: Some(Uuid::nil().into()), ..unit.clone() }));
        assert!(!unit.differs_in_profile_alone(&Destination { service_ids: vec![], ..unit.clone() }));
    }
}
