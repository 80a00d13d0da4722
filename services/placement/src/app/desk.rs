//! What every use case does at the beginning and at the end.

use chassis::Tx;
use kernel::{PersonId, PlacementRequestId};

use super::{Env, Error, publish};
use crate::{
    domain::{
        Decision, DestinationFacts, Moment, PlacementRequest, ReasonCode, ReasonUse, Step, Target, View, Viewer,
        check_destination, reason, view,
    },
    store,
};

/// The present moment.
pub(super) fn moment(env: &Env) -> Moment {
    Moment { now: env.now(), today: env.today() }
}

/// A request that the viewer sees.
pub(super) async fn look(tx: &mut Tx, viewer: &Viewer, id: PlacementRequestId) -> Result<PlacementRequest, Error> {
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

/// Checks the reason of an answer, if one was given.
pub(super) async fn check_decision(tx: &mut Tx, decision: &Decision) -> Result<(), Error> {
    let used_for = match decision {
        Decision::Accept(_) => ReasonUse::Accept,
        Decision::Decline(_) => ReasonUse::Decline,
    };
    match decision.reason() {
        Some(code) => check_reason(tx, code, used_for).await,
        None => Ok(()),
    }
}

/// Checks that a reason exists, is offered and fits.
pub(super) async fn check_reason(tx: &mut Tx, code: &ReasonCode, used_for: ReasonUse) -> Result<(), Error> {
    let known = store::facts::reason(tx, code).await?;
    Ok(reason::check(known.as_ref(), used_for)?)
}

/// A unit that can receive the request, as the caller named it in `destination_id`, and that is open on its days.
pub(super) async fn unit_for(
    tx: &mut Tx,
    request: &PlacementRequest,
    id: kernel::DestinationId,
) -> Result<DestinationFacts, Error> {
    let facts = store::facts::destination(tx, id, request.content.service).await?;
    let unit = check_destination(facts.as_ref(), request.content.site);
    let unit = *unit.map_err(|fault| kernel::Invalid::field("destination_id", fault))?;
    check_open(tx, request, Some(id)).await?;
    Ok(unit)
}

/// Whether a request may go to its site, or to a unit there, for its days (domain §5.6).
///
/// # Errors
/// `PLACE_CLOSED` with the first and last day of a closure that touches them.
pub(super) async fn check_open(
    tx: &mut Tx,
    request: &PlacementRequest,
    unit: Option<kernel::DestinationId>,
) -> Result<(), Error> {
    check_open_on(tx, request, unit, request.content.dates).await
}

/// Whether it may go there for some days.
///
/// # Errors
/// `PLACE_CLOSED` with the first and last day of a closure that touches them.
pub(super) async fn check_open_on(
    tx: &mut Tx,
    request: &PlacementRequest,
    unit: Option<kernel::DestinationId>,
    days: kernel::DateRange,
) -> Result<(), Error> {
    match store::facts::closure(tx, request.content.site, unit, days).await? {
        Some(days) => Err(Error::PlaceClosed(days)),
        None => Ok(()),
    }
}

/// Keeps a transition: the row, the history, the event, all under the new version.
pub(super) async fn keep(tx: &mut Tx, env: &Env, step: Step) -> Result<PlacementRequest, Error> {
    let witness = step.entry.by.person;
    keep_before(tx, env, step, witness).await
}

/// The same of what the system does under the eyes of somebody, who is told of it in the answer to their call.
pub(super) async fn keep_before(
    tx: &mut Tx,
    env: &Env,
    step: Step,
    witness: Option<PersonId>,
) -> Result<PlacementRequest, Error> {
    store::placement_request::update(tx, &step.request).await?;
    tell(tx, env, step, witness).await
}

/// Tells what happened to a request whose row is written already.
pub(super) async fn tell(
    tx: &mut Tx,
    env: &Env,
    step: Step,
    witness: Option<PersonId>,
) -> Result<PlacementRequest, Error> {
    store::history::append(tx, env.ids.next(), &step, witness).await?;
    publish::event(tx, env, &step).await?;
    Ok(step.request)
}

/// The request as the viewer sees it now.
pub(super) async fn show(tx: &mut Tx, env: &Env, viewer: &Viewer, request: PlacementRequest) -> Result<View, Error> {
    let mut beside = store::names::of(tx, &[request.id], viewer.person).await?;
    let beside = beside.remove(&request.id).unwrap_or_default();
    View::of(request, beside, viewer, env.deadlines, env.today()).ok_or(Error::NotFound)
}
