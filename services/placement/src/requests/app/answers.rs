//! Yes or no: of the unit, and of the agency.

use chassis::Tx;

use super::{Context, Error, change::ChangeRequest, checks::check_reason};
use crate::requests::domain::{
    AnswerAtDestinationCommand, AnswerForAgencyCommand, PlacementRequest, Target, Transition, Viewer,
};

/// Nos. 8, 9 and 12.
impl ChangeRequest for AnswerAtDestinationCommand {
    fn target(&self) -> Target {
        self.target
    }

    async fn transition(
        &self,
        viewer: &Viewer,
        _: &mut Tx,
        cx: &Context,
        request: PlacementRequest,
    ) -> Result<Transition, Error> {
        check_reason(cx, self.decision.at_destination(), self.decision.reason())?;
        Ok(request.answer_at_destination(viewer.actor(), self.decision.clone(), cx.at())?)
    }
}

/// Nos. 9 to 11, 13 and 14.
impl ChangeRequest for AnswerForAgencyCommand {
    fn target(&self) -> Target {
        self.target
    }

    async fn transition(
        &self,
        viewer: &Viewer,
        _: &mut Tx,
        cx: &Context,
        request: PlacementRequest,
    ) -> Result<Transition, Error> {
        check_reason(cx, self.decision.for_agency(), self.decision.reason())?;
        let known = cx.directory.snapshot();
        let agent = request.destination().and_then(|id| known.destination(id)).and_then(|unit| unit.agent);
        Ok(request.answer_for_agency(viewer.actor(), self.decision.clone(), agent, cx.at())?)
    }
}
