//! Words by either side, at any time after sending: kept in the history, for everybody who sees the request.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{keep, moment, show, take},
};
use crate::domain::{CommentCommand, View, Viewer};

/// Adds the words and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION` before it was sent.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &CommentCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    let step = request.comment(viewer.actor(), command.comment.clone(), moment(env))?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
