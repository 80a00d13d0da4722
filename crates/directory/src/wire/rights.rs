//! Roles, levels, scopes and grants.

use proto::identity::v1 as pb;
use uuid::Uuid;

use crate::model::{Grant, Level, Role, Scope, ScopeKind, Side};

/// Two enums that name the same things; `TryFrom` fails for what is unspecified.
macro_rules! same {
    ($model:ty, $message:ty { $($variant:ident),* $(,)? }) => {
        impl From<$model> for $message {
            fn from(value: $model) -> Self {
                match value { $(<$model>::$variant => Self::$variant),* }
            }
        }

        impl TryFrom<$message> for $model {
            type Error = Unspecified;

            fn try_from(value: $message) -> Result<Self, Unspecified> {
                match value {
                    <$message>::Unspecified => Err(Unspecified),
                    $(<$message>::$variant => Ok(Self::$variant)),*
                }
            }
        }
    };
}

/// A message leaves open which it means, or means one that this version does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unspecified")]
pub struct Unspecified;

same!(
    Role,
    pb::Role {
        PlacingCoordinator,
        CourseLeader,
        Instructor,
        StudentAdministrator,
        StaffAdministrator,
        Student,
        ReceivingCoordinator,
        DestinationCoordinator,
        DestinationMonitor,
        Supervisor,
        ProvincialLead,
        Operator,
    }
);
same!(Level, pb::Level { Viewer, Regular, LocalAdministrator });
same!(ScopeKind, pb::ScopeKind { Province, Agency, Site, Service, Destination, Program });
same!(Side, proto::configuration::v1::AgencyKind { Placing, Receiving });

/// A scope as messages name it. The province has no id.
#[must_use]
pub fn scope(kind: pb::ScopeKind, id: &str) -> Option<Scope> {
    let kind = ScopeKind::try_from(kind).ok()?;
    if kind == ScopeKind::Province {
        return Some(Scope::Province);
    }
    Some(Scope::new(kind, id.parse().ok()?))
}

/// A scope as tokens name it: the number of its kind, and its id, which is nil for the province.
#[must_use]
pub fn claimed_scope(kind: i32, id: Uuid) -> Option<Scope> {
    Some(Scope::new(pb::ScopeKind::try_from(kind).ok()?.try_into().ok()?, id))
}

/// A grant; `None` for one of a kind that this version does not know, which gives nothing.
#[must_use]
pub fn grant(message: &pb::Grant) -> Option<Grant> {
    Some(Grant {
        role: message.role().try_into().ok()?,
        level: message.level().try_into().ok()?,
        scope: scope(message.scope_kind(), &message.scope_id)?,
    })
}

/// A grant as messages hold it, without an id of its own.
#[must_use]
pub fn grant_message(grant: &Grant) -> pb::Grant {
    pb::Grant {
        role: pb::Role::from(grant.role).into(),
        level: pb::Level::from(grant.level).into(),
        scope_kind: pb::ScopeKind::from(grant.scope.kind()).into(),
        scope_id: grant.scope.id().map(|id| id.to_string()).unwrap_or_default(),
        ..pb::Grant::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contracts_and_the_model_name_the_same_things() {
        for &role in Role::ALL {
            assert_eq!(pb::Role::from(role).as_str_name(), format!("ROLE_{}", role.code()));
            assert_eq!(Role::try_from(pb::Role::from(role)), Ok(role));
        }
        for &level in Level::ALL {
            assert_eq!(pb::Level::from(level).as_str_name(), format!("LEVEL_{}", level.code()));
        }
        for &kind in ScopeKind::ALL {
            assert_eq!(pb::ScopeKind::from(kind).as_str_name(), format!("SCOPE_KIND_{}", kind.code()));
        }
        assert_eq!(Role::try_from(pb::Role::Unspecified), Err(Unspecified));
    }

    #[test]
    fn a_scope_needs_a_kind_and_but_for_the_province_an_id() {
        let id = Uuid::from_u128(7);
        assert_eq!(scope(pb::ScopeKind::Site, &id.to_string()), Some(Scope::Site(id.into())));
        assert_eq!(scope(pb::ScopeKind::Province, ""), Some(Scope::Province));
        assert_eq!(scope(pb::ScopeKind::Site, ""), None);
        assert_eq!(scope(pb::ScopeKind::Unspecified, &id.to_string()), None);
        assert_eq!(claimed_scope(pb::ScopeKind::Program.into(), id), Some(Scope::Program(id.into())));
        assert_eq!(claimed_scope(99, id), None);
    }
}
