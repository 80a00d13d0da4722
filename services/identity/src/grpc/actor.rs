//! From the token's principal to the domain's actor.

use chassis::{Principal, auth};
use directory::model::Grant;
use proto::identity::v1 as pb;

use crate::{
    domain::{actor::Actor, place::Scope, role::Level},
    wire,
};

/// Who calls, and the message.
pub(super) fn caller<M>(request: tonic::Request<M>) -> Result<(Principal, Actor, M), chassis::Failure> {
    let (who, message) = auth::caller(request)?;
    let role = wire::grant::role_from_proto(pb::Role::from(who.rights.role).into());
    let role = role.ok_or(auth::Refusal::Unauthenticated)?;
    let actor = Actor { person: who.person, role, grants: who.rights.grants.iter().filter_map(grant).collect() };
    Ok((who, actor, message))
}

/// A grant that the token carries; one of a kind that this version does not know gives nothing.
fn grant(grant: &Grant) -> Option<(Level, Scope)> {
    let kind = pb::ScopeKind::from(grant.scope.kind()).into();
    let scope = wire::grant::scope_from_proto(kind, grant.scope.id().unwrap_or_default())?;
    Some((wire::grant::level_from_proto(pb::Level::from(grant.level).into())?, scope))
}
