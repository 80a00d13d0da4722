//! No. 9, by the agent through a mailed link: the history names the agent, and nobody acted on their behalf. The link is the
//! right: it shows one request at one unit, and nothing once the request has gone to another unit.

use chassis::{Tx, UseCase};

use super::domain::{AnswerByLink, LinkTarget};
use crate::requests::{
    Context, Error, Refused, View, check_fit, check_read, check_reason, keep, look, show, show_to_decide,
};

/// The request as the unit's agent sees it, and whether the unit can still answer.
impl UseCase for LinkTarget {
    type Context = Context;
    type Output = (View, bool);
    type Error = Error;

    /// `NOT_FOUND` if there is no such request at that unit.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<(View, bool), Error> {
        let viewer = self.holder();
        let request = look(tx, &viewer, self.id).await?;
        let answerable = request.status().is_at_destination();
        Ok((show_to_decide(tx, cx, &viewer, request).await?, answerable))
    }
}

/// A link answers what waits for the unit; it does not change the unit's mind (no. 12), which asks for an account.
impl UseCase for AnswerByLink {
    type Context = Context;
    type Output = View;
    type Error = Error;

    /// `NOT_FOUND` if there is no such request at that unit, `INVALID_TRANSITION` if it no longer waits; `STALE_ETAG` if it is not
    /// what was read any more; `reason_code` if it does not fit; `DOES_NOT_FIT`.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let viewer = self.link.holder();
        let request = look(tx, &viewer, self.link.id).await?;
        if !request.status().is_at_destination() {
            let action = self.decision.at_destination();
            let from = request.status();
            return Err(Refused::InvalidTransition { from, to: action.target(from) }.into());
        }
        check_read(&request, viewer.role, self.read)?;
        check_reason(cx, self.decision.at_destination(), self.decision.reason())?;
        check_fit(tx, cx, &viewer, &request, (&self.decision, &self.despite)).await?;
        let answered = request.answer_at_destination(viewer.actor(), self.decision.clone(), cx.at())?;
        let request = keep(tx, cx, answered).await?;
        show(tx, cx, &viewer, request).await
    }
}
