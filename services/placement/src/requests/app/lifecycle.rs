//! The way of a request that was sent: redirected, confirmed, cancelled, brought back, postponed, released by the clock.

use chassis::{Tx, UseCase};
use kernel::{Invalid, PlacementRequestId};

use super::{
    Context, Error,
    change::{ChangeRequest, Changed, keep},
    checks::{check_open, unit_for},
    dispatch,
};
use crate::requests::{
    domain::{
        Action, Actor, CancelCommand, PlacementRequest, PostponeCommand, ReactivateCommand, ReasonCode,
        RedirectCommand, Status, Target, Unit, Viewer,
    },
    store,
};

/// The school commits, or the coordinator for a school that is not a user (nos. 15 and 16).
#[derive(Clone, Copy, Debug)]
pub struct Confirm(pub Target);

/// Requests whose release date has come, at most so many.
#[derive(Clone, Copy, Debug)]
pub struct Due(pub i64);

/// Sends a held request whose day has come (no. 3). One that is no longer held, because somebody deleted it meanwhile, is
/// left alone.
#[derive(Clone, Copy, Debug)]
pub struct Release(pub PlacementRequestId);

/// Nos. 5 and 6: electronically if the unit is a user now, else to be mailed.
impl ChangeRequest for RedirectCommand {
    fn target(&self) -> Target {
        self.target
    }

    fn action(&self) -> Action {
        Action::Redirect
    }

    /// `destination_id` if it cannot receive the request; `PLACE_CLOSED` with the days.
    async fn transition(&self, viewer: &Viewer, tx: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        let destination = self.destination.or(request.destination());
        let destination = destination.ok_or_else(|| Invalid::field("destination_id", "REQUIRED"))?;
        let facts = unit_for(tx, cx, &request, destination).await?;
        let unit = Unit { destination, agent: facts.agent() };
        Ok(request.redirect(viewer.actor(), unit, facts.is_user(), self.comment.clone(), cx.at())?)
    }
}

impl ChangeRequest for Confirm {
    fn target(&self) -> Target {
        self.0
    }

    fn action(&self) -> Action {
        Action::Confirm
    }

    async fn transition(&self, viewer: &Viewer, _: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        Ok(request.confirm(viewer.actor(), cx.at())?)
    }
}

/// No. 17: either side stops what is under way.
impl ChangeRequest for CancelCommand {
    fn target(&self) -> Target {
        self.target
    }

    fn action(&self) -> Action {
        Action::Cancel
    }

    fn reason(&self) -> Option<&ReasonCode> {
        Some(&self.refusal.reason)
    }

    async fn transition(&self, viewer: &Viewer, _: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        Ok(request.cancel(viewer.actor(), self.refusal.clone(), cx.at())?)
    }
}

/// No. 23: a cancelled request is pending again.
impl ChangeRequest for ReactivateCommand {
    fn target(&self) -> Target {
        self.target
    }

    fn action(&self) -> Action {
        Action::Reactivate
    }

    async fn transition(&self, viewer: &Viewer, _: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        let receiver = dispatch::receiver_of(cx, &request);
        let reactivated = request.reactivate(viewer.actor(), receiver, self.comment.clone(), cx.at())?;
        check_open(cx, &reactivated.request, reactivated.request.destination())?;
        Ok(reactivated)
    }
}

/// No. 20: later dates, to be accepted and confirmed again if resubmitted.
impl ChangeRequest for PostponeCommand {
    fn target(&self) -> Target {
        self.target
    }

    fn action(&self) -> Action {
        Action::Postpone
    }

    async fn transition(&self, viewer: &Viewer, _: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        let receiver = self.resubmit.then(|| dispatch::receiver_of(cx, &request));
        let postponed = request.postpone(viewer.actor(), self.to, receiver, self.comment.clone(), cx.at())?;
        check_open(cx, &postponed.request, postponed.request.destination())?;
        Ok(postponed)
    }
}

impl UseCase for Due {
    type Context = Context;
    type Output = Vec<PlacementRequestId>;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Vec<PlacementRequestId>, Error> {
        Ok(store::placement_request::due(tx, cx.today(), self.0).await?)
    }
}

impl UseCase for Release {
    type Context = Context;
    type Output = ();
    type Error = Error;

    /// `STALE_ETAG` if somebody else is changing it; `NOT_YET_DUE`.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<(), Error> {
        let request = store::placement_request::load(tx, self.0).await?.ok_or(Error::NotFound)?;
        if request.status() != Status::Held {
            return Ok(());
        }
        let receiver = dispatch::receiver_of(cx, &request);
        let released = request.release(receiver, cx.at())?;
        let request = keep(tx, cx, released).await?;
        dispatch::redirect_automatically(tx, cx, request, Actor::SYSTEM).await?;
        Ok(())
    }
}
