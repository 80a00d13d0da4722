//! Nos. 9 to 11, 13 and 14: yes or no of the agency.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{check_decision, keep, moment, show, take},
};
use crate::{
    domain::{AnswerCommand, View, Viewer},
    store,
};

/// Records the agency's answer and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`, `ROLE_NOT_ALLOWED`; `reason_code` if it does not fit.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &AnswerCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    check_decision(tx, &command.decision).await?;
    let wished = match request.destination() {
        Some(id) => store::facts::destination(tx, id, request.content.service).await?,
        None => None,
    };
    let agent = wished.and_then(|unit| unit.agent());
    let step = request.answer_for_agency(viewer.actor(), command.decision.clone(), agent, moment(env))?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
