//! From the token's principal to the domain's actor.

use chassis::{Grant, Principal, auth};

use crate::{
    domain::{actor::Actor, place::Scope, role::Level},
    wire,
};

/// Who calls, and the message.
pub(super) fn caller<M>(request: tonic::Request<M>) -> Result<(Principal, Actor, M), chassis::Failure> {
    let (who, message) = auth::caller(request)?;
    let role = wire::grant::role_from_proto(who.role.into()).ok_or(auth::Refusal::Unauthenticated)?;
    let actor = Actor { person: who.person, role, grants: who.grants.iter().filter_map(grant).collect() };
    Ok((who, actor, message))
}

/// A grant that the token carries; one of a kind that this version does not know gives nothing.
fn grant(grant: &Grant) -> Option<(Level, Scope)> {
    let (kind, id) = grant.scope.parts();
    Some((wire::grant::level_from_proto(grant.level.into())?, wire::grant::scope_from_proto(kind.into(), id)?))
}
