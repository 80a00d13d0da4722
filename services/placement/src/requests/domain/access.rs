//! What a signed-in person's grants cover (domain §4.1): everybody with the same access sees and may do the same.

use kernel::{AgencyId, DestinationId, PersonId, ProgramId, ServiceId, SiteId};

use super::{Actor, PlacementRequest, Role, Status, view};

/// What a grant is about; it holds everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A school or a health organisation.
    Agency(AgencyId),
    /// A site.
    Site(SiteId),
    /// A service at a site.
    Service(ServiceId),
    /// A unit.
    Destination(DestinationId),
    /// A program of a school.
    Program(ProgramId),
}

/// One right of the active role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Whether it reaches beyond looking.
    pub writes: bool,
    /// Where it holds.
    pub scope: Scope,
}

/// Somebody who looks at or acts on requests, in the active role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub person: PersonId,
    /// The active role.
    pub role: Role,
    /// The grants of that role.
    pub grants: Vec<Grant>,
}

/// Where a request is received: what the grants of the receiving side are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The health organisation.
    pub agency: AgencyId,
    /// The site.
    pub site: SiteId,
    /// The service.
    pub service: ServiceId,
    /// The unit that was chosen, if any.
    pub destination: Option<DestinationId>,
}

/// A viewer's grants by kind, for lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// As the school.
    pub placing_agencies: Vec<AgencyId>,
    /// As a program.
    pub programs: Vec<ProgramId>,
    /// As the health organisation.
    pub receiving_agencies: Vec<AgencyId>,
    /// As a site.
    pub sites: Vec<SiteId>,
    /// As a service.
    pub services: Vec<ServiceId>,
    /// As a unit.
    pub destinations: Vec<DestinationId>,
}

impl Viewer {
    /// The viewer as the author of an act.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        Actor::person(self.person, self.role)
    }

    /// Whether the request exists for the viewer.
    #[must_use]
    pub fn sees(&self, request: &PlacementRequest) -> bool {
        view::seen(request.status(), self.role).is_some() && self.covers(request, false)
    }

    /// Whether the viewer may read what became of the request: also of one that the own school has deleted.
    #[must_use]
    pub fn sees_history(&self, request: &PlacementRequest) -> bool {
        let tombstone = request.status() == Status::Deleted && self.role == Role::PlacingCoordinator;
        self.sees(request) || (tombstone && self.covers(request, false))
    }

    /// Whether the viewer's level lets them act on the request; what they may do is the guard's.
    #[must_use]
    pub fn acts_on(&self, request: &PlacementRequest) -> bool {
        self.covers(request, true)
    }

    /// Whether a grant that writes covers the school's program.
    #[must_use]
    pub fn places_for(&self, school: AgencyId, program: ProgramId) -> bool {
        self.role == Role::PlacingCoordinator && self.holds(true, |scope| covers_school(scope, school, program))
    }

    /// Whether a grant that writes covers the place.
    #[must_use]
    pub fn receives_at(&self, place: Place) -> bool {
        self.holds(true, |scope| self.covers_place(scope, place))
    }

    /// The grants by kind.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let mut reach = Reach::default();
        for grant in &self.grants {
            match (self.role, grant.scope) {
                (Role::PlacingCoordinator, Scope::Agency(id)) => reach.placing_agencies.push(id),
                (Role::PlacingCoordinator, Scope::Program(id)) => reach.programs.push(id),
                (Role::PlacingCoordinator | Role::System, _) | (_, Scope::Program(_)) => {}
                (Role::ReceivingCoordinator, Scope::Destination(_)) => {}
                (_, Scope::Agency(id)) => reach.receiving_agencies.push(id),
                (_, Scope::Site(id)) => reach.sites.push(id),
                (_, Scope::Service(id)) => reach.services.push(id),
                (_, Scope::Destination(id)) => reach.destinations.push(id),
            }
        }
        reach
    }

    /// Whether a grant covers a school's program or a place, whichever side the role is on.
    #[must_use]
    pub fn reaches(&self, school: AgencyId, program: ProgramId, place: Place) -> bool {
        self.covers_either(school, program, place, false)
    }

    fn covers(&self, request: &PlacementRequest, writing: bool) -> bool {
        self.covers_either(request.placing_agency, request.content.program, request.place(), writing)
    }

    fn covers_either(&self, school: AgencyId, program: ProgramId, place: Place, writing: bool) -> bool {
        self.holds(writing, |scope| match self.role {
            Role::PlacingCoordinator => covers_school(scope, school, program),
            _ => self.covers_place(scope, place),
        })
    }

    /// A unit's people see what has a unit; a coordinator's grant is never as narrow as a unit.
    fn covers_place(&self, scope: Scope, place: Place) -> bool {
        let at_unit = match self.role {
            Role::ReceivingCoordinator => false,
            Role::DestinationCoordinator | Role::DestinationMonitor => {
                if place.destination.is_none() {
                    return false;
                }
                true
            }
            Role::PlacingCoordinator | Role::System => return false,
        };
        match scope {
            Scope::Agency(id) => id == place.agency,
            Scope::Site(id) => id == place.site,
            Scope::Service(id) => id == place.service,
            Scope::Destination(id) => at_unit && place.destination == Some(id),
            Scope::Program(_) => false,
        }
    }

    fn holds(&self, writing: bool, covers: impl Fn(Scope) -> bool) -> bool {
        self.grants.iter().any(|grant| (grant.writes || !writing) && covers(grant.scope))
    }
}

fn covers_school(scope: Scope, school: AgencyId, program: ProgramId) -> bool {
    match scope {
        Scope::Agency(id) => id == school,
        Scope::Program(id) => id == program,
        Scope::Site(_) | Scope::Service(_) | Scope::Destination(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn viewer(role: Role, grants: &[(bool, Scope)]) -> Viewer {
        let grants = grants.iter().map(|&(writes, scope)| Grant { writes, scope }).collect();
        Viewer { person: id(99), role, grants }
    }

    const fn at(destination: Option<DestinationId>, agency: AgencyId, site: SiteId, service: ServiceId) -> Place {
        Place { agency, site, service, destination }
    }

    #[test]
    fn a_grant_that_only_looks_does_not_act_beside_one_that_writes_elsewhere() {
        let mixed = viewer(Role::ReceivingCoordinator, &[(false, Scope::Site(id(1))), (true, Scope::Site(id(2)))]);
        assert!(!mixed.receives_at(at(None, id(9), id(1), id(8))));
        assert!(mixed.receives_at(at(None, id(9), id(2), id(8))));
    }

    #[test]
    fn a_unit_is_no_grant_of_a_coordinator_and_nothing_without_a_unit_is_an_agents() {
        let unit = Scope::Destination(id(5));
        let chosen = at(Some(id(5)), id(9), id(1), id(8));
        assert!(!viewer(Role::ReceivingCoordinator, &[(true, unit)]).receives_at(chosen));
        assert!(viewer(Role::DestinationCoordinator, &[(true, unit)]).receives_at(chosen));
        let agency = viewer(Role::DestinationCoordinator, &[(true, Scope::Agency(id(9)))]);
        assert!(agency.receives_at(chosen));
        assert!(!agency.receives_at(at(None, id(9), id(1), id(8))));
    }

    #[test]
    fn lists_reach_what_single_requests_show() {
        let scopes = [Scope::Agency(id(9)), Scope::Site(id(1)), Scope::Destination(id(5)), Scope::Program(id(7))];
        let grants = scopes.map(|scope| (false, scope));
        let coordinator = viewer(Role::ReceivingCoordinator, &grants).reach();
        assert_eq!((coordinator.receiving_agencies, coordinator.sites), (vec![id(9)], vec![id(1)]));
        assert!(coordinator.destinations.is_empty() && coordinator.programs.is_empty());
        let school = viewer(Role::PlacingCoordinator, &grants).reach();
        assert_eq!((school.placing_agencies, school.programs), (vec![id(9)], vec![id(7)]));
        assert!(school.sites.is_empty() && school.receiving_agencies.is_empty());
    }
}
