//! Nos. 15 and 16: the school commits, or the coordinator for a school that is not a user.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{keep, moment, show, take},
};
use crate::domain::{Target, View, Viewer};

/// Confirms and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`, `NOT_QUICK_ENTRY`.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, target: &Target) -> Result<View, Error> {
    let request = take(tx, viewer, *target).await?;
    let step = request.confirm(viewer.actor(), moment(env))?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
