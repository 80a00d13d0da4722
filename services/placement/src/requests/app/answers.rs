//! Yes or no: of the unit, and of the agency.

use chassis::Tx;

use super::{
    Context,
    change::{ChangeRequest, Changed},
    checks::check_fit,
};
use crate::requests::domain::{
    Action, AnswerAtDestinationCommand, AnswerForAgencyCommand, PlacementRequest, ReasonCode, Target, Viewer,
};

/// Nos. 8, 9 and 12.
impl ChangeRequest for AnswerAtDestinationCommand {
    fn target(&self) -> Target {
        self.target
    }

    fn action(&self) -> Action {
        self.decision.at_destination()
    }

    fn reason(&self) -> Option<&ReasonCode> {
        self.decision.reason()
    }

    /// `DOES_NOT_FIT`.
    async fn transition(&self, viewer: &Viewer, tx: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        check_fit(tx, cx, viewer, &request, (&self.decision, &self.despite)).await?;
        Ok(request.answer_at_destination(viewer.actor(), self.decision.clone(), cx.at())?)
    }
}

/// Nos. 9 to 11, 13 and 14.
impl ChangeRequest for AnswerForAgencyCommand {
    fn target(&self) -> Target {
        self.target
    }

    fn action(&self) -> Action {
        self.decision.for_agency()
    }

    fn reason(&self) -> Option<&ReasonCode> {
        self.decision.reason()
    }

    /// `DOES_NOT_FIT`.
    async fn transition(&self, viewer: &Viewer, tx: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        check_fit(tx, cx, viewer, &request, (&self.decision, &self.despite)).await?;
        let known = cx.directory.snapshot();
        let agent = request.destination().and_then(|id| known.destination(id)).and_then(|unit| unit.agent);
        Ok(request.answer_for_agency(viewer.actor(), self.decision.clone(), agent, cx.at())?)
    }
}
