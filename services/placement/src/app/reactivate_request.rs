//! No. 23: a cancelled request is pending again.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{check_open, keep, moment, show, take},
    dispatch,
};
use crate::domain::{ReactivateCommand, View, Viewer};

/// Brings the request back and answers it as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`, `PLACEMENT_OVER`, `PLACE_CLOSED` with the days.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &ReactivateCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    let receiver = dispatch::receiver_of(tx, &request).await?;
    let step = request.reactivate(viewer.actor(), receiver, command.comment.clone(), moment(env))?;
    check_open(tx, &step.request, step.request.destination()).await?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
