//! What changes while the state stays: dates, the unit, words.

use chassis::Tx;

use super::{
    Context, Error,
    change::{ChangeRequest, Changed},
    checks::{check_open_on, unit_for},
    dispatch,
};
use crate::requests::domain::{
    Action, ChangeDatesCommand, ChangeDestinationCommand, CommentCommand, Place, PlacementRequest, ReasonCode, Role,
    Target, Unit, Viewer,
};

/// No. 21. Days that a closure touches already may stay, and be fewer; none are added.
impl ChangeRequest for ChangeDatesCommand {
    fn target(&self) -> Target {
        self.target
    }

    fn action(&self) -> Action {
        Action::ChangeDates
    }

    fn reason(&self) -> Option<&ReasonCode> {
        self.why.reason.as_ref()
    }

    /// What is wrong with the dates; `PLACE_CLOSED` with the days of a closure that touches one that was not asked for before.
    async fn transition(&self, viewer: &Viewer, _: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        let (before, receiver) = (request.content.dates, dispatch::receiver_of(cx, &request));
        let changed = request.change_dates(viewer.actor(), self.to, self.why.clone(), receiver, cx.at())?;
        for added in self.to.dates.without(before) {
            check_open_on(cx, &changed.request, changed.request.destination(), added)?;
        }
        Ok(changed)
    }
}

/// No. 22.
impl ChangeRequest for ChangeDestinationCommand {
    fn target(&self) -> Target {
        self.target
    }

    fn action(&self) -> Action {
        Action::ChangeDestination
    }

    /// `OUT_OF_SCOPE` also where an agent names a unit that is not their own; `destination_id` if it cannot receive the
    /// request; `PLACE_CLOSED` with the days.
    async fn transition(&self, viewer: &Viewer, tx: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        let destination = self.destination;
        let facts = unit_for(tx, cx, &request, destination).await?;
        let place = Place { destination: Some(destination), ..request.place() };
        if viewer.role == Role::DestinationCoordinator && !viewer.receives_at(place) {
            return Err(Error::OutOfScope);
        }
        let unit = Unit { destination, agent: facts.agent() };
        Ok(request.change_destination(viewer.actor(), unit, facts.is_user(), cx.at())?)
    }
}

/// Words by either side, at any time after sending: kept in the history, for everybody who sees the request.
impl ChangeRequest for CommentCommand {
    fn target(&self) -> Target {
        self.target
    }

    fn action(&self) -> Action {
        Action::Comment
    }

    async fn transition(&self, viewer: &Viewer, _: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        Ok(request.comment(viewer.actor(), self.comment.clone(), cx.at())?)
    }
}
