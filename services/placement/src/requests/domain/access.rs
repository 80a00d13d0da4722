//! What a signed-in person's grants cover (domain §4.1): everybody with the same access sees and may do the same. Whether a
//! scope covers a place says the directory; here stands what that means for requests.

use directory::model::{self, Grant, Level, Reach, ScopeKind};
use kernel::{AgencyId, PersonId, ProgramId};

use super::{Actor, Place, PlacementRequest, Role, Status, visibility};

/// Somebody who looks at or acts on requests, in the active role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub person: PersonId,
    /// The active role.
    pub role: Role,
    /// The grants of that role. One on the province covers no request: it is for those who see counts.
    pub grants: Vec<Grant>,
}

impl Viewer {
    /// The viewer as the author of what is done.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        Actor::person(self.person, self.role)
    }

    /// Whether the request exists for the viewer.
    #[must_use]
    pub fn sees(&self, request: &PlacementRequest) -> bool {
        visibility::seen(request.status(), self.role).is_some() && self.holds_for(request, Level::Viewer)
    }

    /// Whether the viewer may read what became of the request: also of one that the own school has deleted.
    #[must_use]
    pub fn sees_history(&self, request: &PlacementRequest) -> bool {
        let tombstone = request.status() == Status::Deleted && self.role == Role::PlacingCoordinator;
        self.sees(request) || (tombstone && self.holds_for(request, Level::Viewer))
    }

    /// Whether the viewer's level lets them act on the request; what they may do is the guard's.
    #[must_use]
    pub fn acts_on(&self, request: &PlacementRequest) -> bool {
        self.holds_for(request, Level::Regular)
    }

    /// Whether a grant that writes covers the school's program.
    #[must_use]
    pub fn places_for(&self, school: AgencyId, program: ProgramId) -> bool {
        self.role == Role::PlacingCoordinator
            && self.reach(Level::Regular).covers(&model::Place::of_program(school, program))
    }

    /// Whether a grant that writes covers the place.
    #[must_use]
    pub fn receives_at(&self, place: Place) -> bool {
        self.covers_place(place, Level::Regular)
    }

    /// Whether a grant covers a school's program or a place, whichever side the role is on.
    #[must_use]
    pub fn reaches(&self, school: AgencyId, program: ProgramId, place: Place) -> bool {
        self.holds_either(school, program, place, Level::Viewer)
    }

    /// Where the grants of at least a level hold, as far as the role can use them: a coordinator's grant is never as narrow
    /// as a unit, and a school's is about programs.
    #[must_use]
    pub fn reach(&self, least: Level) -> Reach {
        let kinds: &[ScopeKind] = match self.role {
            Role::PlacingCoordinator => &[ScopeKind::Agency, ScopeKind::Program],
            Role::ReceivingCoordinator => &[ScopeKind::Agency, ScopeKind::Site, ScopeKind::Service],
            Role::DestinationCoordinator | Role::DestinationMonitor => {
                &[ScopeKind::Agency, ScopeKind::Site, ScopeKind::Service, ScopeKind::Destination]
            }
            Role::System => &[],
        };
        let grants = self.grants.iter().filter(|grant| grant.level >= least);
        grants.map(|grant| grant.scope).collect::<Reach>().only(kinds)
    }

    fn holds_for(&self, request: &PlacementRequest, least: Level) -> bool {
        self.holds_either(request.placing_agency, request.content.program, request.place(), least)
    }

    fn holds_either(&self, school: AgencyId, program: ProgramId, place: Place, least: Level) -> bool {
        match self.role {
            Role::PlacingCoordinator => self.reach(least).covers(&model::Place::of_program(school, program)),
            _ => self.covers_place(place, least),
        }
    }

    /// A unit's people see what has a unit.
    fn covers_place(&self, place: Place, least: Level) -> bool {
        match self.role {
            Role::PlacingCoordinator | Role::System => false,
            Role::DestinationCoordinator | Role::DestinationMonitor if place.destination.is_none() => false,
            _ => self.reach(least).covers(&place.in_directory()),
        }
    }
}

#[cfg(test)]
mod tests {
    use directory::model::Scope;
    use kernel::{DestinationId, ServiceId, SiteId};
    use uuid::Uuid;

    use super::*;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn viewer(role: Role, grants: &[(bool, Scope)]) -> Viewer {
        let level = |writes| if writes { Level::Regular } else { Level::Viewer };
        let grant = |&(writes, scope)| Grant { role: model::Role::ReceivingCoordinator, level: level(writes), scope };
        let grants = grants.iter().map(grant).collect();
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
        let coordinator = viewer(Role::ReceivingCoordinator, &grants).reach(Level::Viewer);
        assert_eq!(coordinator.scopes(), [Scope::Agency(id(9)), Scope::Site(id(1))]);
        let school = viewer(Role::PlacingCoordinator, &grants).reach(Level::Viewer);
        assert_eq!(school.scopes(), [Scope::Agency(id(9)), Scope::Program(id(7))]);
        assert!(viewer(Role::PlacingCoordinator, &grants).reach(Level::Regular).is_empty());
    }
}
