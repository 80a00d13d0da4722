//! The way of a request that was sent: redirected, confirmed, cancelled, brought back, postponed, released by the clock.

use chassis::{Tx, UseCase};
use kernel::{Invalid, PlacementRequestId};

use super::{
    By, Context, Error, dispatch,
    support::{check_open, check_reason, keep, now, show, take, unit_for},
};
use crate::requests::{
    domain::{Action, CancelCommand, PostponeCommand, ReactivateCommand, RedirectCommand, Status, Target, Unit, View},
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
impl UseCase for By<RedirectCommand> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    /// `destination_id` if it cannot receive the request; `PLACE_CLOSED` with the days.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let request = take(tx, viewer, command.target).await?;
        request.guard(Action::Redirect, viewer.role, cx.today())?;
        let destination = command.destination.or(request.destination());
        let destination = destination.ok_or_else(|| Invalid::field("destination_id", "REQUIRED"))?;
        let facts = unit_for(tx, cx, &request, destination).await?;
        let unit = Unit { destination, agent: facts.agent() };
        let redirected = request.redirect(viewer.actor(), unit, facts.is_user(), command.comment.clone(), now(cx))?;
        let request = keep(tx, cx, redirected).await?;
        show(tx, cx, viewer, request).await
    }
}

impl UseCase for By<Confirm> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let request = take(tx, &self.viewer, self.command.0).await?;
        let confirmed = request.confirm(self.viewer.actor(), now(cx))?;
        let request = keep(tx, cx, confirmed).await?;
        show(tx, cx, &self.viewer, request).await
    }
}

/// No. 17: either side stops what is under way.
impl UseCase for By<CancelCommand> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let request = take(tx, viewer, command.target).await?;
        check_reason(cx, Action::Cancel, Some(&command.refusal.reason))?;
        let cancelled = request.cancel(viewer.actor(), command.refusal.clone(), now(cx))?;
        let request = keep(tx, cx, cancelled).await?;
        show(tx, cx, viewer, request).await
    }
}

/// No. 23: a cancelled request is pending again.
impl UseCase for By<ReactivateCommand> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let request = take(tx, viewer, command.target).await?;
        let receiver = dispatch::receiver_of(cx, &request);
        let reactivated = request.reactivate(viewer.actor(), receiver, command.comment.clone(), now(cx))?;
        check_open(cx, &reactivated.request, reactivated.request.destination())?;
        let request = keep(tx, cx, reactivated).await?;
        show(tx, cx, viewer, request).await
    }
}

/// No. 20: later dates, to be accepted and confirmed again if resubmitted.
impl UseCase for By<PostponeCommand> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let request = take(tx, viewer, command.target).await?;
        let receiver = if command.resubmit { Some(dispatch::receiver_of(cx, &request)) } else { None };
        let postponed = request.postpone(viewer.actor(), command.dates, receiver, command.comment.clone(), now(cx))?;
        check_open(cx, &postponed.request, postponed.request.destination())?;
        let request = keep(tx, cx, postponed).await?;
        show(tx, cx, viewer, request).await
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
        let released = request.release(receiver, now(cx))?;
        let request = keep(tx, cx, released).await?;
        dispatch::redirect_automatically(tx, cx, request, None).await?;
        Ok(())
    }
}
