//! Who may be given what, where, and by whom (domain §4.1, §4.4).

use kernel::{ErrorKind, FieldViolation, GrantId, Problem};

use super::{
    actor::Actor,
    place::{Lineage, PlaceKind, Scope},
    role::{Level, Role},
};

/// One right of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// What it gives.
    pub right: Right,
}

/// Role, level and scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// What the person is.
    pub role: Role,
    /// How far the role reaches.
    pub level: Level,
    /// Where.
    pub scope: Scope,
}

/// Why a right can't be given or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// The role does not have this level.
    #[error("the role does not have this level")]
    LevelNotAllowed,
    /// The role is not about this kind of place.
    #[error("the role is not about this kind of place")]
    ScopeNotAllowed,
    /// Configuration has told of no such place (yet).
    #[error("the place is not known")]
    UnknownPlace,
    /// The place is closed or retired.
    #[error("the place is no longer active")]
    PlaceInactive,
    /// A role of schools at a health organisation, or the other way round.
    #[error("the role belongs to the other side")]
    WrongSide,
    /// The operator alone gives local administrators and roles of the province.
    #[error("the operator alone gives and takes this")]
    Reserved,
    /// The caller's own rights do not reach there.
    #[error("outside of the caller's scope")]
    OutOfScope,
    /// The person has this role there already.
    #[error("the person has this role there already")]
    Exists,
}

impl GrantError {
    const fn field(self) -> Option<&'static str> {
        match self {
            Self::LevelNotAllowed => Some("grant.level"),
            Self::ScopeNotAllowed => Some("grant.scope_kind"),
            Self::UnknownPlace | Self::PlaceInactive | Self::WrongSide => Some("grant.scope_id"),
            Self::Reserved | Self::OutOfScope | Self::Exists => None,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::LevelNotAllowed => "LEVEL_NOT_ALLOWED",
            Self::ScopeNotAllowed => "SCOPE_NOT_ALLOWED",
            Self::UnknownPlace => "UNKNOWN_PLACE",
            Self::PlaceInactive => "PLACE_INACTIVE",
            Self::WrongSide => "WRONG_SIDE",
            Self::Reserved => "GRANT_RESERVED",
            Self::OutOfScope => "OUT_OF_SCOPE",
            Self::Exists => "GRANT_EXISTS",
        }
    }
}

impl Problem for GrantError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Reserved | Self::OutOfScope => ErrorKind::Forbidden,
            Self::Exists => ErrorKind::AlreadyExists,
            _ => ErrorKind::Invalid,
        }
    }

    fn reason(&self) -> &'static str {
        if self.field().is_some() { "INVALID_FIELDS" } else { self.code() }
    }

    fn fields(&self) -> Vec<FieldViolation> {
        self.field().map(|field| FieldViolation::new(field, self.code())).into_iter().collect()
    }
}

impl Right {
    /// Whether role, level and kind of scope go together.
    ///
    /// # Errors
    /// [`GrantError::LevelNotAllowed`], [`GrantError::ScopeNotAllowed`].
    pub fn check_kind(self) -> Result<(), GrantError> {
        if !self.role.allows(self.level) {
            return Err(GrantError::LevelNotAllowed);
        }
        let fits = match self.scope {
            Scope::Province => self.role.is_provincial(),
            Scope::Place(place) => kinds(self.role).contains(&place.kind),
        };
        if fits { Ok(()) } else { Err(GrantError::ScopeNotAllowed) }
    }

    /// Whether the place exists, is in use and is on the role's side. `lineage` is that of the scope, `None` if unknown.
    ///
    /// # Errors
    /// [`GrantError::UnknownPlace`], [`GrantError::PlaceInactive`], [`GrantError::WrongSide`].
    pub fn check_place(self, lineage: Option<&Lineage>) -> Result<(), GrantError> {
        if self.scope == Scope::Province {
            return Ok(());
        }
        let lineage = lineage.ok_or(GrantError::UnknownPlace)?;
        if !lineage.active {
            return Err(GrantError::PlaceInactive);
        }
        match self.role.side() {
            Some(side) if side != lineage.side => Err(GrantError::WrongSide),
            _ => Ok(()),
        }
    }

    /// Whether `actor` may give or take this right: the operator any; a local administrator those of its own side within
    /// its own scope, neither local administrators nor roles of the province.
    ///
    /// # Errors
    /// [`GrantError::Reserved`], [`GrantError::OutOfScope`].
    pub fn check_giver(self, actor: &Actor, lineage: Option<&Lineage>) -> Result<(), GrantError> {
        if actor.is_operator() {
            return Ok(());
        }
        if self.level == Level::LocalAdministrator || self.role.is_provincial() {
            return Err(GrantError::Reserved);
        }
        self.check_reach(actor, lineage)
    }

    /// Whether the right lies within the scope that `actor` administers, whatever its level.
    ///
    /// # Errors
    /// [`GrantError::OutOfScope`].
    pub fn check_reach(self, actor: &Actor, lineage: Option<&Lineage>) -> Result<(), GrantError> {
        let own_side = self.role.side().is_none_or(|side| actor.role.side().is_none_or(|own| own == side));
        let covered = lineage.is_some_and(|lineage| actor.covers(Level::LocalAdministrator, lineage));
        if actor.is_operator() || (own_side && covered) { Ok(()) } else { Err(GrantError::OutOfScope) }
    }
}

/// The kinds of places that a role can be about.
fn kinds(role: Role) -> &'static [PlaceKind] {
    use PlaceKind::{Agency, Destination, Program, Service, Site};
    match role {
        Role::PlacingCoordinator
        | Role::CourseLeader
        | Role::Instructor
        | Role::StudentAdministrator
        | Role::Student => &[Agency, Program],
        Role::StaffAdministrator => &[Agency, Site, Program],
        Role::ReceivingCoordinator => &[Agency, Site, Service],
        Role::DestinationCoordinator | Role::DestinationMonitor | Role::Supervisor => {
            &[Agency, Site, Service, Destination]
        }
        Role::ProvincialLead | Role::Operator => &[],
    }
}

#[cfg(test)]
mod tests {
    use kernel::{AgencyId, PersonId};
    use uuid::Uuid;

    use super::*;
    use crate::domain::{place::Place, role::Side};

    fn place(kind: PlaceKind, n: u128) -> Place {
        Place { kind, id: Uuid::from_u128(n) }
    }

    fn lineage(side: Side, line: &[Place]) -> Lineage {
        let agency = line.last().expect("a line ends at an agency");
        Lineage { place: line[0], line: line.to_vec(), agency: AgencyId::from(agency.id), side, active: true }
    }

    fn actor(role: Role, level: Level, scope: Scope) -> Actor {
        Actor { person: PersonId::from(Uuid::from_u128(99)), role, grants: vec![(level, scope)] }
    }

    fn right(role: Role, level: Level, scope: Scope) -> Right {
        Right { role, level, scope }
    }

    #[test]
    fn each_role_goes_with_its_kinds_of_place_only() {
        let fits = |role, scope| {
            let level = if Role::allows(role, Level::Regular) { Level::Regular } else { Level::Viewer };
            right(role, level, scope).check_kind().is_ok()
        };
        let at = |kind| Scope::Place(place(kind, 1));
        assert!(fits(Role::PlacingCoordinator, at(PlaceKind::Program)));
        assert!(!fits(Role::PlacingCoordinator, at(PlaceKind::Site)));
        assert!(fits(Role::ReceivingCoordinator, at(PlaceKind::Service)));
        assert!(!fits(Role::ReceivingCoordinator, at(PlaceKind::Destination)));
        assert!(fits(Role::DestinationCoordinator, at(PlaceKind::Destination)));
        assert!(!fits(Role::DestinationCoordinator, at(PlaceKind::Program)));
        for &role in Role::ALL {
            assert_eq!(fits(role, Scope::Province), role.is_provincial(), "{role:?}");
            assert_eq!(fits(role, at(PlaceKind::Agency)), !role.is_provincial(), "{role:?}");
        }
    }

    #[test]
    fn roles_that_change_nothing_are_viewers() {
        let scope = Scope::Place(place(PlaceKind::Agency, 1));
        assert_eq!(right(Role::CourseLeader, Level::Regular, scope).check_kind(), Err(GrantError::LevelNotAllowed));
        assert_eq!(
            right(Role::Supervisor, Level::LocalAdministrator, scope).check_kind(),
            Err(GrantError::LevelNotAllowed)
        );
        assert_eq!(right(Role::PlacingCoordinator, Level::LocalAdministrator, scope).check_kind(), Ok(()));
    }

    #[test]
    fn a_role_of_schools_is_refused_at_a_hospital() {
        let agency = place(PlaceKind::Agency, 1);
        let hospital = lineage(Side::Receiving, &[agency]);
        let pc = right(Role::PlacingCoordinator, Level::Regular, Scope::Place(agency));
        assert_eq!(pc.check_place(Some(&hospital)), Err(GrantError::WrongSide));
        assert_eq!(pc.check_place(None), Err(GrantError::UnknownPlace));
        let closed = Lineage { active: false, ..lineage(Side::Placing, &[agency]) };
        assert_eq!(pc.check_place(Some(&closed)), Err(GrantError::PlaceInactive));
        let staff = right(Role::StaffAdministrator, Level::Regular, Scope::Place(agency));
        assert_eq!(staff.check_place(Some(&hospital)), Ok(()));
    }

    #[test]
    fn a_local_administrator_gives_below_the_own_scope_only() {
        let (agency, site, other) = (place(PlaceKind::Agency, 1), place(PlaceKind::Site, 2), place(PlaceKind::Site, 3));
        let rc = actor(Role::ReceivingCoordinator, Level::LocalAdministrator, Scope::Place(site));
        let give = |actor: &Actor, place: Place, level| {
            let line = if place == agency { vec![agency] } else { vec![place, agency] };
            let right = right(Role::ReceivingCoordinator, level, Scope::Place(place));
            right.check_giver(actor, Some(&lineage(Side::Receiving, &line)))
        };
        assert_eq!(give(&rc, site, Level::Regular), Ok(()));
        assert_eq!(give(&rc, other, Level::Regular), Err(GrantError::OutOfScope));
        assert_eq!(give(&rc, agency, Level::Regular), Err(GrantError::OutOfScope));
        assert_eq!(give(&rc, site, Level::LocalAdministrator), Err(GrantError::Reserved));
        let operator = actor(Role::Operator, Level::LocalAdministrator, Scope::Province);
        assert_eq!(give(&operator, agency, Level::LocalAdministrator), Ok(()));
    }

    #[test]
    fn a_regular_coordinator_gives_nothing() {
        let agency = place(PlaceKind::Agency, 1);
        let pc = actor(Role::PlacingCoordinator, Level::Regular, Scope::Place(agency));
        let right = right(Role::PlacingCoordinator, Level::Regular, Scope::Place(agency));
        assert_eq!(right.check_giver(&pc, Some(&lineage(Side::Placing, &[agency]))), Err(GrantError::OutOfScope));
    }

    #[test]
    fn nobody_but_the_operator_makes_operators() {
        let agency = place(PlaceKind::Agency, 1);
        let pc = actor(Role::PlacingCoordinator, Level::LocalAdministrator, Scope::Place(agency));
        let operator = right(Role::Operator, Level::Viewer, Scope::Province);
        assert_eq!(operator.check_giver(&pc, None), Err(GrantError::Reserved));
    }
}
