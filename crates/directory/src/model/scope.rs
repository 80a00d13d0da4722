//! Where a right holds, where something lies, and whether the one covers the other. There is no other such rule in Tandem.

use kernel::{AgencyId, DestinationId, ProgramId, ServiceId, SiteId};
use uuid::Uuid;

kernel::coded! {
    /// The kinds of scopes.
    ScopeKind {
        /// The whole province.
        Province = "PROVINCE",
        /// A school or a health organisation.
        Agency = "AGENCY",
        /// A building.
        Site = "SITE",
        /// A clinical service at a site.
        Service = "SERVICE",
        /// A unit.
        Destination = "DESTINATION",
        /// A program of a school.
        Program = "PROGRAM",
    }
}

/// What a right is about; it holds for everything below it. Also the name of a place, where one of any kind is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The whole province.
    Province,
    /// A school or a health organisation.
    Agency(AgencyId),
    /// A building.
    Site(SiteId),
    /// A clinical service at a site.
    Service(ServiceId),
    /// A unit.
    Destination(DestinationId),
    /// A program of a school.
    Program(ProgramId),
}

/// Where something lies: a request, a unit, a closure. What is not so deep in the tree leaves the deeper parts empty, and
/// is then out of reach of rights that are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The school or health organisation.
    pub agency: AgencyId,
    /// The building.
    pub site: Option<SiteId>,
    /// The service; of a unit, all that it serves.
    pub services: Vec<ServiceId>,
    /// The unit.
    pub destination: Option<DestinationId>,
    /// The program.
    pub program: Option<ProgramId>,
}

impl Scope {
    /// From kind and id; the province has no id.
    #[must_use]
    pub fn new(kind: ScopeKind, id: Uuid) -> Self {
        match kind {
            ScopeKind::Province => Self::Province,
            ScopeKind::Agency => Self::Agency(id.into()),
            ScopeKind::Site => Self::Site(id.into()),
            ScopeKind::Service => Self::Service(id.into()),
            ScopeKind::Destination => Self::Destination(id.into()),
            ScopeKind::Program => Self::Program(id.into()),
        }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(self) -> ScopeKind {
        match self {
            Self::Province => ScopeKind::Province,
            Self::Agency(_) => ScopeKind::Agency,
            Self::Site(_) => ScopeKind::Site,
            Self::Service(_) => ScopeKind::Service,
            Self::Destination(_) => ScopeKind::Destination,
            Self::Program(_) => ScopeKind::Program,
        }
    }

    /// Its id; `None` for the province.
    #[must_use]
    pub const fn id(self) -> Option<Uuid> {
        match self {
            Self::Province => None,
            Self::Agency(id) => Some(id.uuid()),
            Self::Site(id) => Some(id.uuid()),
            Self::Service(id) => Some(id.uuid()),
            Self::Destination(id) => Some(id.uuid()),
            Self::Program(id) => Some(id.uuid()),
        }
    }

    /// Whether a right for this scope holds at `place`.
    #[must_use]
    pub fn covers(self, place: &Place) -> bool {
        match self {
            Self::Province => true,
            Self::Agency(id) => place.agency == id,
            Self::Site(id) => place.site == Some(id),
            Self::Service(id) => place.services.contains(&id),
            Self::Destination(id) => place.destination == Some(id),
            Self::Program(id) => place.program == Some(id),
        }
    }
}

impl Place {
    /// All of an agency.
    #[must_use]
    pub const fn of_agency(agency: AgencyId) -> Self {
        Self { agency, site: None, services: Vec::new(), destination: None, program: None }
    }

    /// All of a site.
    #[must_use]
    pub fn of_site(agency: AgencyId, site: SiteId) -> Self {
        Self { site: Some(site), ..Self::of_agency(agency) }
    }

    /// A service at a site.
    #[must_use]
    pub fn of_service(agency: AgencyId, site: SiteId, service: ServiceId) -> Self {
        Self { services: vec![service], ..Self::of_site(agency, site) }
    }

    /// A unit.
    #[must_use]
    pub fn of_destination(
        agency: AgencyId,
        site: SiteId,
        services: Vec<ServiceId>,
        destination: DestinationId,
    ) -> Self {
        Self { services, destination: Some(destination), ..Self::of_site(agency, site) }
    }

    /// A program of a school.
    #[must_use]
    pub fn of_program(agency: AgencyId, program: ProgramId) -> Self {
        Self { program: Some(program), ..Self::of_agency(agency) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    #[test]
    fn a_scope_covers_itself_and_what_is_below_and_nothing_else() {
        let unit = Place::of_destination(id(1), id(2), vec![id(3), id(4)], id(5));
        for kind in ScopeKind::ALL {
            let covering = (1..=9).filter(|&number| Scope::new(*kind, Uuid::from_u128(number)).covers(&unit));
            let expected: &[u128] = match kind {
                ScopeKind::Province => &[1, 2, 3, 4, 5, 6, 7, 8, 9],
                ScopeKind::Agency => &[1],
                ScopeKind::Site => &[2],
                ScopeKind::Service => &[3, 4],
                ScopeKind::Destination => &[5],
                ScopeKind::Program => &[],
            };
            assert_eq!(covering.collect::<Vec<_>>(), expected, "{kind:?}");
        }
    }

    #[test]
    fn what_lies_higher_is_out_of_reach_of_deeper_rights() {
        let site = Place::of_site(id(1), id(2));
        assert!(Scope::Agency(id(1)).covers(&site) && Scope::Site(id(2)).covers(&site));
        assert!(!Scope::Service(id(3)).covers(&site) && !Scope::Destination(id(5)).covers(&site));
        let program = Place::of_program(id(1), id(7));
        assert!(Scope::Program(id(7)).covers(&program) && !Scope::Program(id(8)).covers(&program));
    }

    #[test]
    fn kind_and_id_make_the_scope_again() {
        for kind in ScopeKind::ALL {
            let scope = Scope::new(*kind, Uuid::from_u128(7));
            assert_eq!((scope.kind(), Scope::new(scope.kind(), scope.id().unwrap_or_default())), (*kind, scope));
        }
    }
}
