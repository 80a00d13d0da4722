//! Whose deliveries a receiving coordinator sees: those about requests to the places that the coordinator answers for.

use kernel::{AgencyId, DestinationId, ServiceId, SiteId};

use super::Facts;

/// A place, with everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// All of the province.
    Province,
    /// A health organisation.
    Agency(AgencyId),
    /// A building.
    Site(SiteId),
    /// A clinical service.
    Service(ServiceId),
    /// A unit.
    Destination(DestinationId),
}

/// The places of one caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Where the caller may look.
    pub sees: Vec<Place>,
    /// Where the caller may act.
    pub acts: Vec<Place>,
}

impl Reach {
    /// Whether the caller may know of the request.
    #[must_use]
    pub fn sees(&self, facts: &Facts) -> bool {
        self.sees.iter().any(|place| place.holds(facts))
    }

    /// Whether the caller may act on it.
    #[must_use]
    pub fn acts(&self, facts: &Facts) -> bool {
        self.acts.iter().any(|place| place.holds(facts))
    }
}

impl Place {
    fn holds(self, facts: &Facts) -> bool {
        match self {
            Self::Province => true,
            Self::Agency(agency) => agency == facts.receiving_agency,
            Self::Site(site) => site == facts.site,
            Self::Service(service) => service == facts.service,
            Self::Destination(destination) => Some(destination) == facts.destination,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_place_holds_what_is_below_it_and_nothing_else() {
        let facts = facts();
        let elsewhere = Uuid::from_u128(99);
        let own = [
            Place::Province,
            Place::Agency(facts.receiving_agency),
            Place::Site(facts.site),
            Place::Service(facts.service),
            Place::Destination(facts.destination.unwrap()),
        ];
        let others = [
            Place::Agency(facts.placing_agency),
            Place::Agency(elsewhere.into()),
            Place::Site(elsewhere.into()),
            Place::Service(elsewhere.into()),
            Place::Destination(elsewhere.into()),
        ];
        assert!(own.iter().all(|p| p.holds(&facts)));
        assert!(!others.iter().any(|p| p.holds(&facts)));
    }
}
