//! Grants.

use directory::model::{Grant as Right, Level, Role, Scope, ScopeKind};
use kernel::{Fields, Invalid, PersonId};
use proto::identity::v1 as pb;
use uuid::Uuid;

use crate::grants::domain::Grant;

/// A role from a message; `None` if unspecified or unknown.
#[must_use]
pub fn role(role: i32) -> Option<Role> {
    pb::Role::try_from(role).ok()?.try_into().ok()
}

/// A grant as contracts hold it.
#[must_use]
pub fn to_proto(grant: &Grant) -> pb::Grant {
    pb::Grant { id: grant.id.to_string(), ..directory::wire::grant_message(&grant.right) }
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
    let role = role(grant.role);
    let level = Level::try_from(grant.level()).ok();
    for (field, missing) in [("grant.role", role.is_none()), ("grant.level", level.is_none())] {
        if missing {
            fields.fault(field, "REQUIRED");
        }
    }
    let scope = parse_scope(&mut fields, grant);
    fields.finish(|| Some((person?, Right { role: role?, level: level?, scope: scope? })))
}

fn parse_scope(fields: &mut Fields, grant: &pb::Grant) -> Option<Scope> {
    let kind = ScopeKind::try_from(grant.scope_kind()).ok();
    let id = if kind == Some(ScopeKind::Province) {
        if !grant.scope_id.is_empty() {
            fields.fault("grant.scope_id", "SCOPE_NOT_ALLOWED");
        }
        Some(Uuid::nil())
    } else {
        fields.id("grant.scope_id", &grant.scope_id)
    };
    if kind.is_none() {
        fields.fault("grant.scope_kind", "REQUIRED");
    }
    Some(Scope::new(kind?, id?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_grant_is_told() {
        let Invalid(faults) = parse_create(&pb::CreateGrantRequest::default()).expect_err("empty");
        let faults: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(faults, ["person_id", "grant.role", "grant.level", "grant.scope_id", "grant.scope_kind"]);
    }
}
