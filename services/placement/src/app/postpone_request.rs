//! No. 20: later dates, to be accepted and confirmed again if resubmitted.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{check_open, keep, moment, show, take},
    dispatch,
};
use crate::domain::{PostponeCommand, View, Viewer};

/// Postpones and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`; `start_date` if it is not later or past; `PLACE_CLOSED`
/// with the days.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &PostponeCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    let receiver = match command.resubmit {
        true => Some(dispatch::receiver_of(tx, &request).await?),
        false => None,
    };
    let step = request.postpone(viewer.actor(), command.dates, receiver, command.comment.clone(), moment(env))?;
    check_open(tx, &step.request, step.request.destination()).await?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
