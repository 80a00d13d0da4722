//! No. 17: either side stops what is under way.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{check_reason, keep, moment, show, take},
};
use crate::domain::{CancelCommand, ReasonUse, View, Viewer};

/// Cancels and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`; `reason_code` if it does not fit.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &CancelCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    check_reason(tx, &command.refusal.reason, ReasonUse::Cancel).await?;
    let step = request.cancel(viewer.actor(), command.refusal.clone(), moment(env))?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
