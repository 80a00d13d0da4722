//! No. 18: removes what nobody has acted on. A tombstone stays in the history.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{keep, moment, take},
};
use crate::domain::{Target, Viewer};

/// Removes the request.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`, `ALREADY_ACTED_ON`.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, target: &Target) -> Result<(), Error> {
    let request = take(tx, viewer, *target).await?;
    let step = request.delete(viewer.actor(), moment(env))?;
    keep(tx, env, step).await?;
    Ok(())
}
