//! What every action does: the request that somebody may act on, its transition, the row with history and event, and the
//! request as they see it then. A command adds what is its own: the transition, and the facts and checks that go with it.

use std::{future::Future, iter, slice};

use chassis::{Tx, UseCase};
use kernel::PlacementRequestId;

use super::{By, Context, Error, checks::check_reason, facts::Closures, fit, names, publish};
use crate::requests::{
    domain::{
        Action, Actor, PlacementRequest, ReasonCode, Role, RowContext, Summary, Target, Transition, View, Viewer, shown,
    },
    store,
};

/// A request after its transition, or why there is none.
pub(super) type Changed = Result<Transition, Error>;

/// A command that changes one request: what is its own. The use case is [`By`] of it.
pub(super) trait ChangeRequest: Send + Sync {
    /// Which request, in which version.
    fn target(&self) -> Target;

    /// What is done with it.
    fn action(&self) -> Action;

    /// The coded reason that was given, if one goes with it.
    fn reason(&self) -> Option<&ReasonCode> {
        None
    }

    /// The request after it, once the facts that it needs are found and good. Reason, role and state have been checked.
    fn transition(
        &self,
        viewer: &Viewer,
        tx: &mut Tx,
        cx: &Context,
        request: PlacementRequest,
    ) -> impl Future<Output = Changed> + Send;

    /// What the system does at once with the request that was kept.
    fn follow_up(
        &self,
        _viewer: &Viewer,
        _tx: &mut Tx,
        _cx: &Context,
        request: PlacementRequest,
    ) -> impl Future<Output = Result<PlacementRequest, Error>> + Send {
        async { Ok(request) }
    }
}

impl<C: ChangeRequest> UseCase for By<C> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let request = take(tx, viewer, command.target()).await?;
        check_reason(cx, command.action(), command.reason())?;
        request.guard(command.action(), viewer.role, cx.today())?;
        let done = command.transition(viewer, tx, cx, request).await?;
        let request = keep(tx, cx, done).await?;
        let request = command.follow_up(viewer, tx, cx, request).await?;
        show_done(tx, cx, viewer, request).await
    }
}

/// A request that the viewer may act on, in the version that they read.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`.
pub(super) async fn take(tx: &mut Tx, viewer: &Viewer, target: Target) -> Result<PlacementRequest, Error> {
    let request = look(tx, viewer, target.id).await?;
    if !viewer.acts_on(&request) {
        return Err(Error::OutOfScope);
    }
    check_read(&request, viewer.role, target.version)?;
    Ok(request)
}

/// Whether a request is what somebody has read, where they say what that was.
///
/// # Errors
/// `STALE_ETAG`.
pub(crate) fn check_read(request: &PlacementRequest, role: Role, read: Option<i64>) -> Result<(), Error> {
    match read {
        Some(read) if read != shown::version(request, role) => Err(Error::StaleEtag),
        _ => Ok(()),
    }
}

/// A request that the viewer sees.
pub(crate) async fn look(tx: &mut Tx, viewer: &Viewer, id: PlacementRequestId) -> Result<PlacementRequest, Error> {
    let request = store::placement_request::load(tx, id).await?.ok_or(Error::NotFound)?;
    if viewer.sees(&request) { Ok(request) } else { Err(Error::NotFound) }
}

/// Keeps a transition: the row, the history, the event, all under the new version. Whoever did it has seen it.
pub(crate) async fn keep(tx: &mut Tx, cx: &Context, done: Transition) -> Result<PlacementRequest, Error> {
    let seen_by = done.entry.by;
    keep_seen_by(tx, cx, done, seen_by).await
}

/// The same of what the system does while somebody waits, who is told of it in the answer to their call.
pub(super) async fn keep_seen_by(
    tx: &mut Tx,
    cx: &Context,
    done: Transition,
    seen_by: Actor,
) -> Result<PlacementRequest, Error> {
    store::placement_request::update(tx, &done.request).await?;
    publish(tx, cx, done, seen_by).await
}

/// History and event of a transition whose row is written.
pub(super) async fn publish(
    tx: &mut Tx,
    cx: &Context,
    done: Transition,
    seen_by: Actor,
) -> Result<PlacementRequest, Error> {
    let person_name = names::of_person(tx, cx, done.entry.by.person).await?;
    store::history::append(tx, cx.ids.next(), &done, &person_name, seen_by).await?;
    publish::event(tx, cx, &done).await?;
    Ok(done.request)
}

/// The request as the viewer sees it now.
pub(crate) async fn show(tx: &mut Tx, cx: &Context, viewer: &Viewer, request: PlacementRequest) -> Result<View, Error> {
    let seen = store::seen::by(tx, viewer.person, request.id).await?;
    view(tx, cx, viewer, request, seen).await
}

/// The same for whoever reads it in order to decide: with why it does not fit, where they may accept it.
pub(crate) async fn show_to_decide(
    tx: &mut Tx,
    cx: &Context,
    viewer: &Viewer,
    request: PlacementRequest,
) -> Result<View, Error> {
    let decides = viewer.acts_on(&request) && request.may_be_accepted_by(viewer.role, cx.today());
    let misfits = if decides { fit::misfits(tx, cx, &request).await? } else { Vec::new() };
    Ok(View { misfits, ..show(tx, cx, viewer, request).await? })
}

/// The same for the one who has just done something with it, and so has seen it: [`publish`] notes that.
pub(super) async fn show_done(
    tx: &mut Tx,
    cx: &Context,
    viewer: &Viewer,
    request: PlacementRequest,
) -> Result<View, Error> {
    let seen = shown::version(&request, viewer.role);
    view(tx, cx, viewer, request, Some(seen)).await
}

async fn view(
    tx: &mut Tx,
    cx: &Context,
    viewer: &Viewer,
    request: PlacementRequest,
    seen: Option<i64>,
) -> Result<View, Error> {
    let names = names::of(tx, cx, slice::from_ref(&request)).await?.pop().unwrap_or_default();
    let known = cx.directory.snapshot();
    let closed = Closures::near(&known, iter::once(&request)).touching(&request);
    let row = Summary::of(request, RowContext { names, seen, closed }, viewer, cx.deadlines, cx.today());
    row.and_then(|row| View::of(row, viewer, cx.today())).ok_or(Error::NotFound)
}
