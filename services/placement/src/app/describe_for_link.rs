//! What somebody reads who answers by a mailed link. The link is the right: it shows one request at one unit, as the
//! unit's agent sees it, and nothing once the request has gone to another unit.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{look, show},
};
use crate::domain::{Grant, LinkTarget, Role, Scope, View, Viewer};

/// The request, and whether the unit can still answer.
///
/// # Errors
/// `NOT_FOUND` if there is no such request at that unit.
pub async fn run(tx: &mut Tx, env: &Env, link: &LinkTarget) -> Result<(View, bool), Error> {
    let viewer = holder(*link);
    let request = look(tx, &viewer, link.id).await?;
    let answerable = request.status().is_at_destination();
    Ok((show(tx, env, &viewer, request).await?, answerable))
}

/// Whoever holds the link, with the rights that it gives.
pub(super) fn holder(link: LinkTarget) -> Viewer {
    let grant = Grant { writes: true, scope: Scope::Destination(link.destination) };
    Viewer { person: link.agent, role: Role::DestinationCoordinator, grants: vec![grant] }
}
