//! Yes or no: of the unit, and of the agency.

use chassis::Tx;

use super::{
    Context,
    change::{ChangeRequest, Changed},
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

    async fn transition(&self, viewer: &Viewer, _: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
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

    async fn transition(&self, viewer: &Viewer, _: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        let known = cx.directory.snapshot();
        let agent = request.destination().and_then(|id| known.destination(id)).and_then(|unit| unit.agent);
        Ok(request.answer_for_agency(viewer.actor(), self.decision.clone(), agent, cx.at())?)
    }
}
