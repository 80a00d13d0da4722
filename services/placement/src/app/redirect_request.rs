//! Nos. 5 and 6: the coordinator passes a request on to a unit.

use chassis::Tx;
use kernel::Invalid;

use super::{
    Env, Error,
    desk::{keep, moment, show, take, unit_for},
};
use crate::domain::{Move, RedirectCommand, Unit, View, Viewer};

/// Redirects, electronically if the unit is a user now, else to be mailed; answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`, `ROLE_NOT_ALLOWED`; `destination_id` if it cannot
/// receive the request; `PLACE_CLOSED` with the days.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &RedirectCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    request.guard(Move::Redirect, viewer.role, env.today())?;
    let destination = command.destination.or(request.destination());
    let destination = destination.ok_or_else(|| Invalid::field("destination_id", "REQUIRED"))?;
    let facts = unit_for(tx, &request, destination).await?;
    let unit = Unit { destination, agent: facts.agent() };
    let step = request.redirect(viewer.actor(), unit, facts.is_user(), command.comment.clone(), moment(env))?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
