//! What every use case does at the beginning and at the end.

use std::slice;

use chassis::Tx;
use kernel::{Invalid, PersonId, PlacementRequestId};

use super::{Context, Error, facts, names, publish};
use crate::requests::{
    domain::{
        Action, DestinationFacts, Now, PlacementRequest, ReasonCode, ReasonNeed, Target, Transition, View, Viewer,
        check_destination, reason, view,
    },
    store,
};

/// The present moment.
pub(crate) fn now(cx: &Context) -> Now {
    Now { now: cx.now(), today: cx.today() }
}

/// A request that the viewer sees.
pub(crate) async fn look(tx: &mut Tx, viewer: &Viewer, id: PlacementRequestId) -> Result<PlacementRequest, Error> {
    let request = store::placement_request::load(tx, id).await?.ok_or(Error::NotFound)?;
    if viewer.sees(&request) { Ok(request) } else { Err(Error::NotFound) }
}

/// A request that the viewer may act on, in the version that they read.
pub(super) async fn take(tx: &mut Tx, viewer: &Viewer, target: Target) -> Result<PlacementRequest, Error> {
    let request = look(tx, viewer, target.id).await?;
    if !viewer.acts_on(&request) {
        return Err(Error::OutOfScope);
    }
    match target.version {
        Some(read) if read != view::shown_version(&request, viewer.role) => Err(Error::StaleEtag),
        _ => Ok(request),
    }
}

/// Checks that the reason that goes with an action exists, is offered and fits.
///
/// # Errors
/// `UNKNOWN_REFERENCE`, `INACTIVE_REFERENCE`, `REASON_DOES_NOT_FIT`, or `REQUIRED` where one must be given, on `reason_code`.
pub(crate) fn check_reason(cx: &Context, action: Action, reason: Option<&ReasonCode>) -> Result<(), Error> {
    let (used_for, code) = match (action.declaration().reason, reason) {
        (ReasonNeed::Required(_), None) => return Err(Invalid::field("reason_code", "REQUIRED").into()),
        (ReasonNeed::None, _) | (_, None) => return Ok(()),
        (ReasonNeed::Optional(used_for) | ReasonNeed::Required(used_for), Some(code)) => (used_for, code),
    };
    Ok(reason::check(cx.directory.snapshot().reason(&code.0), used_for)?)
}

/// A unit that can receive the request, as the caller named it in `destination_id`, and that is open on its days.
pub(super) async fn unit_for(
    tx: &mut Tx,
    cx: &Context,
    request: &PlacementRequest,
    id: kernel::DestinationId,
) -> Result<DestinationFacts, Error> {
    let facts = facts::destination(tx, cx, id, request.content.service).await?;
    let unit = check_destination(facts.as_ref(), request.content.site);
    let unit = *unit.map_err(|fault| Invalid::field("destination_id", fault))?;
    check_open(cx, request, Some(id))?;
    Ok(unit)
}

/// Whether a request may go to its site, or to a unit there, for its days (domain §5.6).
///
/// # Errors
/// `PLACE_CLOSED` with the first and last day of a closure that touches them.
pub(super) fn check_open(
    cx: &Context,
    request: &PlacementRequest,
    unit: Option<kernel::DestinationId>,
) -> Result<(), Error> {
    check_open_on(cx, request, unit, request.content.dates)
}

/// Whether it may go there for some days.
///
/// # Errors
/// `PLACE_CLOSED` with the first and last day of a closure that touches them.
pub(super) fn check_open_on(
    cx: &Context,
    request: &PlacementRequest,
    unit: Option<kernel::DestinationId>,
    days: kernel::DateRange,
) -> Result<(), Error> {
    match facts::closure(&cx.directory.snapshot(), request.content.site, unit, days) {
        Some(days) => Err(Error::PlaceClosed(days)),
        None => Ok(()),
    }
}

/// Keeps a transition: the row, the history, the event, all under the new version. Whoever did it has seen it.
pub(crate) async fn keep(tx: &mut Tx, cx: &Context, transition: Transition) -> Result<PlacementRequest, Error> {
    let seen_by = transition.entry.by.person;
    keep_seen_by(tx, cx, transition, seen_by).await
}

/// The same of what the system does while somebody waits, who is told of it in the answer to their call.
pub(super) async fn keep_seen_by(
    tx: &mut Tx,
    cx: &Context,
    transition: Transition,
    seen_by: Option<PersonId>,
) -> Result<PlacementRequest, Error> {
    store::placement_request::update(tx, &transition.request).await?;
    publish(tx, cx, transition, seen_by).await
}

/// History and event of a request whose row has just been inserted.
pub(super) async fn publish_created(
    tx: &mut Tx,
    cx: &Context,
    transition: Transition,
    seen_by: PersonId,
) -> Result<PlacementRequest, Error> {
    publish(tx, cx, transition, Some(seen_by)).await
}

async fn publish(
    tx: &mut Tx,
    cx: &Context,
    transition: Transition,
    seen_by: Option<PersonId>,
) -> Result<PlacementRequest, Error> {
    let person_name = names::of_person(tx, cx, transition.entry.by.person).await?;
    store::history::append(tx, cx.ids.next(), &transition, &person_name, seen_by).await?;
    publish::event(tx, cx, &transition).await?;
    Ok(transition.request)
}

/// The request as the viewer sees it now.
pub(crate) async fn show(tx: &mut Tx, cx: &Context, viewer: &Viewer, request: PlacementRequest) -> Result<View, Error> {
    let mut contexts = names::contexts(tx, cx, slice::from_ref(&request), viewer.person).await?;
    let context = contexts.remove(&request.id).unwrap_or_default();
    View::of(request, context, viewer, cx.deadlines, cx.today()).ok_or(Error::NotFound)
}
