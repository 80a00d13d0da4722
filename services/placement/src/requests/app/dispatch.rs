//! A request leaves the school: nos. 2 to 4 and 7.

use chassis::Tx;

use super::{Context, Error, change::keep_seen_by, checks::check_open, facts};
use crate::requests::domain::{Actor, PlacementRequest, Receiver, Status, Transition, Unit, check_destination};

/// A draft as it is sent to a place that is open, or held until its release date.
pub(super) fn send(
    cx: &Context,
    request: PlacementRequest,
    receiver: Receiver,
    by: Actor,
) -> Result<Transition, Error> {
    check_open(cx, &request, request.destination())?;
    let release_date = facts::release_date(&cx.directory.snapshot(), request.content.dates.start());
    Ok(request.send(by, receiver, release_date, cx.at())?)
}

/// No. 7: where the service is set to redirect, and the unit that was named can receive it in an inbox. Otherwise the
/// request waits for the coordinator, who decides what to do. `seen_by` is who sent it.
pub(super) async fn redirect_automatically(
    tx: &mut Tx,
    cx: &Context,
    request: PlacementRequest,
    seen_by: Actor,
) -> Result<PlacementRequest, Error> {
    let (Status::Sent, Some(destination)) = (request.status(), request.destination()) else { return Ok(request) };
    let known = cx.directory.snapshot();
    let service = facts::service(&known, request.content.service);
    if !service.is_some_and(|service| service.redirects_automatically) {
        return Ok(request);
    }
    let found = facts::destination(tx, cx, destination, request.content.service).await?;
    let Ok(unit) = check_destination(found.as_ref(), request.content.site) else { return Ok(request) };
    let days = request.content.days();
    let closed = facts::closure(&known, request.content.site, Some(destination), days);
    if !unit.is_user() || closed.is_some() {
        return Ok(request);
    }
    let unit = Unit { destination, agent: unit.agent() };
    let done = request.redirect_automatically(unit, cx.at())?;
    keep_seen_by(tx, cx, done, seen_by).await
}

/// What is known of the receiving side of a request now.
pub(super) fn receiver_of(cx: &Context, request: &PlacementRequest) -> Receiver {
    let known = cx.directory.snapshot();
    Receiver {
        is_user: facts::site(&known, request.content.site).is_some_and(|site| site.is_user),
        contact: facts::service(&known, request.content.service).and_then(|service| service.coordinator),
    }
}
