//! Who may be given what, where, and by whom (domain §4.1, §4.4).

pub use directory::model::Grant as Right;

use directory::model::{Level, Place, Rights, Role, Scope, ScopeKind, Side};
use kernel::{ErrorKind, FieldViolation, GrantId, Problem};

/// One right of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// What it gives.
    pub right: Right,
}

/// What the directory knows of the place of a right; nothing of the province, nor of a place whose agency it does not know yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Where it lies.
    pub place: Place,
    /// The side of its agency.
    pub side: Side,
    /// False once it is closed or retired.
    pub active: bool,
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

/// Whether role, level and kind of scope go together.
///
/// # Errors
/// [`GrantError::LevelNotAllowed`], [`GrantError::ScopeNotAllowed`].
pub fn check_kind(right: Right) -> Result<(), GrantError> {
    if !allows(right.role, right.level) {
        return Err(GrantError::LevelNotAllowed);
    }
    if kinds(right.role).contains(&right.scope.kind()) { Ok(()) } else { Err(GrantError::ScopeNotAllowed) }
}

/// Whether the place exists, is in use and is on the role's side.
///
/// # Errors
/// [`GrantError::UnknownPlace`], [`GrantError::PlaceInactive`], [`GrantError::WrongSide`].
pub fn check_place(right: Right, location: Option<&Location>) -> Result<(), GrantError> {
    if right.scope == Scope::Province {
        return Ok(());
    }
    let location = location.ok_or(GrantError::UnknownPlace)?;
    if !location.active {
        return Err(GrantError::PlaceInactive);
    }
    match right.role.side() {
        Some(side) if side != location.side => Err(GrantError::WrongSide),
        _ => Ok(()),
    }
}

/// Whether somebody may give or take a right: the operator any; a local administrator those of its own side within its own scope,
/// neither local administrators nor roles of the province.
///
/// # Errors
/// [`GrantError::Reserved`], [`GrantError::OutOfScope`].
pub fn check_giver(giver: &Rights, right: Right, location: Option<&Location>) -> Result<(), GrantError> {
    if giver.is_operator() {
        return Ok(());
    }
    if right.level == Level::LocalAdministrator || right.role.is_provincial() {
        return Err(GrantError::Reserved);
    }
    check_reach(giver, right, location)
}

/// Whether a right lies within the scope that somebody administers, whatever its level.
///
/// # Errors
/// [`GrantError::OutOfScope`].
pub fn check_reach(administrator: &Rights, right: Right, location: Option<&Location>) -> Result<(), GrantError> {
    let own_side = right.role.side().is_none_or(|side| administrator.role.side().is_none_or(|own| own == side));
    let covered = location.is_some_and(|at| administrator.cover(Level::LocalAdministrator, &at.place));
    if administrator.is_operator() || (own_side && covered) { Ok(()) } else { Err(GrantError::OutOfScope) }
}

/// Whether a role can have a level. The roles that change nothing are viewers; local administrators are coordinators and
/// staff administrators (and the operator, over all).
const fn allows(role: Role, level: Level) -> bool {
    match role {
        Role::CourseLeader | Role::Instructor | Role::Student | Role::DestinationMonitor | Role::ProvincialLead => {
            matches!(level, Level::Viewer)
        }
        Role::StudentAdministrator | Role::DestinationCoordinator | Role::Supervisor => {
            matches!(level, Level::Viewer | Level::Regular)
        }
        Role::PlacingCoordinator | Role::StaffAdministrator | Role::ReceivingCoordinator | Role::Operator => true,
    }
}

/// The kinds of scopes that a role can be about.
const fn kinds(role: Role) -> &'static [ScopeKind] {
    use ScopeKind::{Agency, Destination, Program, Province, Service, Site};
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
        Role::ProvincialLead | Role::Operator => &[Province],
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const LEVEL: Level = Level::Regular;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn at(side: Side, place: Place) -> Location {
        Location { place, side, active: true }
    }

    fn holder(role: Role, level: Level, scope: Scope) -> Rights {
        Rights { role, grants: vec![Right { role, level, scope }] }
    }

    fn right(role: Role, level: Level, scope: Scope) -> Right {
        Right { role, level, scope }
    }

    #[test]
    fn each_role_goes_with_its_kinds_of_place_only() {
        let fits = |role, kind| {
            let level = if allows(role, LEVEL) { LEVEL } else { Level::Viewer };
            check_kind(right(role, level, Scope::new(kind, id(1)))).is_ok()
        };
        assert!(fits(Role::PlacingCoordinator, ScopeKind::Program));
        assert!(!fits(Role::PlacingCoordinator, ScopeKind::Site));
        assert!(fits(Role::ReceivingCoordinator, ScopeKind::Service));
        assert!(!fits(Role::ReceivingCoordinator, ScopeKind::Destination));
        assert!(fits(Role::DestinationCoordinator, ScopeKind::Destination));
        assert!(!fits(Role::DestinationCoordinator, ScopeKind::Program));
        for &role in Role::ALL {
            assert_eq!(fits(role, ScopeKind::Province), role.is_provincial(), "{role:?}");
            assert_eq!(fits(role, ScopeKind::Agency), !role.is_provincial(), "{role:?}");
        }
    }

    #[test]
    fn roles_that_change_nothing_are_viewers() {
        let given = |role, level| check_kind(right(role, level, Scope::Agency(id(1))));
        assert_eq!(given(Role::CourseLeader, Level::Regular), Err(GrantError::LevelNotAllowed));
        assert_eq!(given(Role::Supervisor, Level::LocalAdministrator), Err(GrantError::LevelNotAllowed));
        assert_eq!(given(Role::PlacingCoordinator, Level::LocalAdministrator), Ok(()));
    }

    #[test]
    fn a_role_of_schools_is_refused_at_a_hospital() {
        let agency = Place::of_agency(id(1));
        let hospital = at(Side::Receiving, agency.clone());
        let pc = right(Role::PlacingCoordinator, LEVEL, Scope::Agency(id(1)));
        assert_eq!(check_place(pc, Some(&hospital)), Err(GrantError::WrongSide));
        assert_eq!(check_place(pc, None), Err(GrantError::UnknownPlace));
        let closed = Location { active: false, ..at(Side::Placing, agency) };
        assert_eq!(check_place(pc, Some(&closed)), Err(GrantError::PlaceInactive));
        let staff = right(Role::StaffAdministrator, LEVEL, Scope::Agency(id(1)));
        assert_eq!(check_place(staff, Some(&hospital)), Ok(()));
    }

    #[test]
    fn a_local_administrator_gives_below_the_own_scope_only() {
        let rc = holder(Role::ReceivingCoordinator, Level::LocalAdministrator, Scope::Site(id(2)));
        let agency = (Scope::Agency(id(1)), Place::of_agency(id(1)));
        let site = |number| (Scope::Site(id(number)), Place::of_site(id(1), id(number)));
        let give = |giver: &Rights, (scope, place): (Scope, Place), level| {
            let right = right(Role::ReceivingCoordinator, level, scope);
            check_giver(giver, right, Some(&at(Side::Receiving, place)))
        };
        assert_eq!(give(&rc, site(2), LEVEL), Ok(()));
        assert_eq!(give(&rc, site(3), LEVEL), Err(GrantError::OutOfScope));
        assert_eq!(give(&rc, agency.clone(), LEVEL), Err(GrantError::OutOfScope));
        assert_eq!(give(&rc, site(2), Level::LocalAdministrator), Err(GrantError::Reserved));
        let operator = holder(Role::Operator, Level::LocalAdministrator, Scope::Province);
        assert_eq!(give(&operator, agency, Level::LocalAdministrator), Ok(()));
    }

    #[test]
    fn a_regular_coordinator_gives_nothing() {
        let pc = holder(Role::PlacingCoordinator, LEVEL, Scope::Agency(id(1)));
        let right = right(Role::PlacingCoordinator, LEVEL, Scope::Agency(id(1)));
        let school = at(Side::Placing, Place::of_agency(id(1)));
        assert_eq!(check_giver(&pc, right, Some(&school)), Err(GrantError::OutOfScope));
    }

    #[test]
    fn nobody_but_the_operator_makes_operators() {
        let pc = holder(Role::PlacingCoordinator, Level::LocalAdministrator, Scope::Agency(id(1)));
        let operator = right(Role::Operator, Level::Viewer, Scope::Province);
        assert_eq!(check_giver(&pc, operator, None), Err(GrantError::Reserved));
    }
}
