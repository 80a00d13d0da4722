//! What changes while the state stays: dates, the unit, words.

use chassis::{Tx, UseCase};

use super::{
    By, Context, Error,
    support::{check_open_on, keep, now, show, take, unit_for},
};
use crate::requests::domain::{
    Action, ChangeDatesCommand, ChangeDestinationCommand, CommentCommand, Place, Role, Unit, View,
};

/// No. 21. Days that a closure touches already may stay, and be fewer; none are added.
impl UseCase for By<ChangeDatesCommand> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    /// `start_date` if it is moved into the past; `PLACE_CLOSED` with the days of a closure that touches one that was not
    /// asked for before.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let request = take(tx, viewer, command.target).await?;
        let before = request.content.dates;
        let changed = request.change_dates(viewer.actor(), command.dates, now(cx))?;
        for added in command.dates.without(before) {
            check_open_on(cx, &changed.request, changed.request.destination(), added)?;
        }
        let request = keep(tx, cx, changed).await?;
        show(tx, cx, viewer, request).await
    }
}

/// No. 22.
impl UseCase for By<ChangeDestinationCommand> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    /// `OUT_OF_SCOPE` also where an agent names a unit that is not their own; `destination_id` if it cannot receive the
    /// request; `PLACE_CLOSED` with the days.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let request = take(tx, viewer, command.target).await?;
        request.guard(Action::ChangeDestination, viewer.role, cx.today())?;
        let destination = command.destination;
        let facts = unit_for(tx, cx, &request, destination).await?;
        let place = Place { destination: Some(destination), ..request.place() };
        if viewer.role == Role::DestinationCoordinator && !viewer.receives_at(place) {
            return Err(Error::OutOfScope);
        }
        let unit = Unit { destination, agent: facts.agent() };
        let changed = request.change_destination(viewer.actor(), unit, facts.is_user(), now(cx))?;
        let request = keep(tx, cx, changed).await?;
        show(tx, cx, viewer, request).await
    }
}

/// Words by either side, at any time after sending: kept in the history, for everybody who sees the request.
impl UseCase for By<CommentCommand> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let request = take(tx, viewer, command.target).await?;
        let commented = request.comment(viewer.actor(), command.comment.clone(), now(cx))?;
        let request = keep(tx, cx, commented).await?;
        show(tx, cx, viewer, request).await
    }
}
