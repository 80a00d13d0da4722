//! Roles, levels, scopes and grants.

use kernel::{Fields, Invalid, PersonId};
use proto::identity::v1 as pb;
use uuid::Uuid;

use crate::domain::{
    grant::{Grant, Right},
    place::{Place, PlaceKind, Scope},
    role::{Level, Role},
};

/// A role as contracts hold it.
#[must_use]
pub const fn role_to_proto(role: Role) -> pb::Role {
    match role {
        Role::PlacingCoordinator => pb::Role::PlacingCoordinator,
        Role::CourseLeader => pb::Role::CourseLeader,
        Role::Instructor => pb::Role::Instructor,
        Role::StudentAdministrator => pb::Role::StudentAdministrator,
        Role::StaffAdministrator => pb::Role::StaffAdministrator,
        Role::Student => pb::Role::Student,
        Role::ReceivingCoordinator => pb::Role::ReceivingCoordinator,
        Role::DestinationCoordinator => pb::Role::DestinationCoordinator,
        Role::DestinationMonitor => pb::Role::DestinationMonitor,
        Role::Supervisor => pb::Role::Supervisor,
        Role::ProvincialLead => pb::Role::ProvincialLead,
        Role::Operator => pb::Role::Operator,
    }
}

/// A role from a contract; `None` if unspecified or unknown.
#[must_use]
pub fn role_from_proto(role: i32) -> Option<Role> {
    Role::ALL.iter().copied().find(|&one| i32::from(role_to_proto(one)) == role)
}

/// A level as contracts hold it.
#[must_use]
pub const fn level_to_proto(level: Level) -> pb::Level {
    match level {
        Level::Viewer => pb::Level::Viewer,
        Level::Regular => pb::Level::Regular,
        Level::LocalAdministrator => pb::Level::LocalAdministrator,
    }
}

/// A level from a contract; `None` if unspecified or unknown.
#[must_use]
pub fn level_from_proto(level: i32) -> Option<Level> {
    Level::ALL.iter().copied().find(|&one| i32::from(level_to_proto(one)) == level)
}

/// Kind and id of a scope as contracts hold them; a nil id for the province.
#[must_use]
pub const fn scope_to_proto(scope: Scope) -> (pb::ScopeKind, Uuid) {
    match scope {
        Scope::Province => (pb::ScopeKind::Province, Uuid::nil()),
        Scope::Place(place) => (kind_to_proto(place.kind), place.id),
    }
}

/// A scope from kind and id; `None` if the kind is unspecified or unknown.
#[must_use]
pub fn scope_from_proto(kind: i32, id: Uuid) -> Option<Scope> {
    if kind == i32::from(pb::ScopeKind::Province) {
        return Some(Scope::Province);
    }
    let kind = PlaceKind::ALL.iter().copied().find(|&one| i32::from(kind_to_proto(one)) == kind)?;
    Some(Scope::Place(Place { kind, id }))
}

/// A grant as contracts hold it.
#[must_use]
pub fn to_proto(grant: &Grant) -> pb::Grant {
    let (kind, id) = scope_to_proto(grant.right.scope);
    pb::Grant {
        id: grant.id.to_string(),
        role: role_to_proto(grant.right.role).into(),
        level: level_to_proto(grant.right.level).into(),
        scope_kind: kind.into(),
        scope_id: if id.is_nil() { String::new() } else { id.to_string() },
    }
}

/// Reads who is to be given what.
///
/// # Errors
/// Every fault of the message.
pub fn parse_create(message: &pb::CreateGrantRequest) -> Result<(PersonId, Right), Invalid> {
    let mut fields = Fields::default();
    let person = fields.id("person_id", &message.person_id);
    let none = pb::Grant::default();
    let grant = message.grant.as_ref().unwrap_or(&none);
    let role = role_from_proto(grant.role);
    let level = level_from_proto(grant.level);
    for (field, missing) in [("grant.role", role.is_none()), ("grant.level", level.is_none())] {
        if missing {
            fields.fault(field, "REQUIRED");
        }
    }
    let scope = parse_scope(&mut fields, grant);
    fields.finish(|| Some((person?, Right { role: role?, level: level?, scope: scope? })))
}

fn parse_scope(fields: &mut Fields, grant: &pb::Grant) -> Option<Scope> {
    let id = if grant.scope_kind == i32::from(pb::ScopeKind::Province) {
        if !grant.scope_id.is_empty() {
            fields.fault("grant.scope_id", "SCOPE_NOT_ALLOWED");
        }
        Some(Uuid::nil())
    } else {
        fields.id("grant.scope_id", &grant.scope_id)
    };
    let scope = scope_from_proto(grant.scope_kind, id.unwrap_or_default());
    if scope.is_none() {
        fields.fault("grant.scope_kind", "REQUIRED");
    }
    id.and(scope)
}

const fn kind_to_proto(kind: PlaceKind) -> pb::ScopeKind {
    match kind {
        PlaceKind::Agency => pb::ScopeKind::Agency,
        PlaceKind::Site => pb::ScopeKind::Site,
        PlaceKind::Service => pb::ScopeKind::Service,
        PlaceKind::Destination => pb::ScopeKind::Destination,
        PlaceKind::Program => pb::ScopeKind::Program,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_level_and_scope_goes_there_and_back() {
        for &role in Role::ALL {
            assert_eq!(role_from_proto(role_to_proto(role).into()), Some(role));
        }
        for &level in Level::ALL {
            assert_eq!(level_from_proto(level_to_proto(level).into()), Some(level));
        }
        let places = PlaceKind::ALL.iter().map(|&kind| Scope::Place(Place { kind, id: Uuid::from_u128(5) }));
        for scope in places.chain([Scope::Province]) {
            let (kind, id) = scope_to_proto(scope);
            assert_eq!(scope_from_proto(kind.into(), id), Some(scope));
        }
        assert_eq!((role_from_proto(0), level_from_proto(9), scope_from_proto(0, Uuid::nil())), (None, None, None));
    }

    #[test]
    fn names_are_those_of_the_contracts() {
        for &role in Role::ALL {
            assert_eq!(role_to_proto(role).as_str_name(), format!("ROLE_{}", role.name()));
        }
        for &level in Level::ALL {
            assert_eq!(level_to_proto(level).as_str_name(), format!("LEVEL_{}", level.name()));
        }
    }

    #[test]
    fn every_fault_of_a_grant_is_told() {
        let Invalid(faults) = parse_create(&pb::CreateGrantRequest::default()).expect_err("empty");
        let faults: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(faults, ["person_id", "grant.role", "grant.level", "grant.scope_id", "grant.scope_kind"]);
    }
}
