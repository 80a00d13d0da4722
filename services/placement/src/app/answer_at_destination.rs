//! Nos. 8, 9 and 12: yes or no of the unit.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{check_decision, keep, moment, show, take},
};
use crate::domain::{AnswerCommand, View, Viewer};

/// Records the unit's answer and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`, `ROLE_NOT_ALLOWED`; `reason_code` if it does not fit.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &AnswerCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    check_decision(tx, &command.decision).await?;
    let step = request.answer_at_destination(viewer.actor(), command.decision.clone(), moment(env))?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
