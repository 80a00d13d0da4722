//! No. 9, by the agent through a mailed link: the history names the agent, and nobody acted on their behalf.

use chassis::Tx;

use super::{
    Env, Error,
    describe_for_link::holder,
    desk::{check_decision, keep, look, moment, show},
};
use crate::domain::{AnswerByLink, Decision, Move, Refused, View};

/// Records the unit's answer and answers the request as its agent sees it then. A link answers what waits for the unit; it
/// does not change the unit's mind (no. 12), which asks for an account.
///
/// # Errors
/// `NOT_FOUND` if there is no such request at that unit, `INVALID_TRANSITION` if it no longer waits; `reason_code` if it does
/// not fit.
pub async fn run(tx: &mut Tx, env: &Env, command: &AnswerByLink) -> Result<View, Error> {
    let viewer = holder(command.link);
    let request = look(tx, &viewer, command.link.id).await?;
    if !request.status().is_at_destination() {
        let step = match command.decision {
            Decision::Accept(_) => Move::AcceptAtDestination,
            Decision::Decline(_) => Move::DeclineAtDestination,
        };
        let from = request.status();
        return Err(Refused::InvalidTransition { from, to: step.target(from) }.into());
    }
    check_decision(tx, &command.decision).await?;
    let step = request.answer_at_destination(viewer.actor(), command.decision.clone(), moment(env))?;
    let request = keep(tx, env, step).await?;
    show(tx, env, &viewer, request).await
}
