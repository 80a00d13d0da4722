//! Yes or no: of the unit, and of the agency.

use chassis::{Tx, UseCase};

use super::{
    By, Context, Error,
    support::{check_reason, keep, now, show, take},
};
use crate::requests::domain::{AnswerAtDestinationCommand, AnswerForAgencyCommand, View};

/// Nos. 8, 9 and 12.
impl UseCase for By<AnswerAtDestinationCommand> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let request = take(tx, viewer, command.target).await?;
        check_reason(cx, command.decision.at_destination(), command.decision.reason())?;
        let answered = request.answer_at_destination(viewer.actor(), command.decision.clone(), now(cx))?;
        let request = keep(tx, cx, answered).await?;
        show(tx, cx, viewer, request).await
    }
}

/// Nos. 9 to 11, 13 and 14.
impl UseCase for By<AnswerForAgencyCommand> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let request = take(tx, viewer, command.target).await?;
        check_reason(cx, command.decision.for_agency(), command.decision.reason())?;
        let known = cx.directory.snapshot();
        let agent = request.destination().and_then(|id| known.destination(id)).and_then(|unit| unit.agent);
        let answered = request.answer_for_agency(viewer.actor(), command.decision.clone(), agent, now(cx))?;
        let request = keep(tx, cx, answered).await?;
        show(tx, cx, viewer, request).await
    }
}
