//! A request leaves the school: nos. 2 to 4 and 7.

use chassis::Tx;
use kernel::PersonId;

use super::{
    Context, Error,
    support::{check_open, keep, keep_seen_by, now},
};
use crate::requests::{
    domain::{Actor, PlacementRequest, Receiver, Status, Unit, check_destination},
    store,
};

/// Sends a draft to a place that is open, or holds it until its release date, and lets configuration redirect it.
pub(super) async fn send(
    tx: &mut Tx,
    cx: &Context,
    request: PlacementRequest,
    receiver: Receiver,
    by: Actor,
) -> Result<PlacementRequest, Error> {
    check_open(tx, &request, request.destination()).await?;
    let release_date = store::facts::release_date(tx, request.content.dates.start()).await?;
    let done = request.send(by, receiver, release_date, now(cx))?;
    let request = keep(tx, cx, done).await?;
    redirect_automatically(tx, cx, request, by.person).await
}

/// No. 7: where the service is set to redirect, and the unit that was named can receive it in an inbox. Otherwise the
/// request waits for the coordinator, who decides what to do. `seen_by` is who sent it, if anybody.
pub(super) async fn redirect_automatically(
    tx: &mut Tx,
    cx: &Context,
    request: PlacementRequest,
    seen_by: Option<PersonId>,
) -> Result<PlacementRequest, Error> {
    let (Status::Sent, Some(destination)) = (request.status(), request.destination()) else { return Ok(request) };
    let service = store::facts::service(tx, request.content.service).await?;
    if !service.is_some_and(|service| service.redirects_automatically) {
        return Ok(request);
    }
    let facts = store::facts::destination(tx, destination, request.content.service).await?;
    let Ok(unit) = check_destination(facts.as_ref(), request.content.site) else { return Ok(request) };
    let days = request.content.dates;
    let closed = store::facts::closure(tx, request.content.site, Some(destination), days).await?;
    if !unit.is_user() || closed.is_some() {
        return Ok(request);
    }
    let unit = Unit { destination, agent: unit.agent() };
    let done = request.redirect_automatically(unit, now(cx))?;
    keep_seen_by(tx, cx, done, seen_by).await
}

/// What is known of the receiving side of a request now.
pub(super) async fn receiver_of(tx: &mut Tx, request: &PlacementRequest) -> Result<Receiver, Error> {
    let site = store::facts::site(tx, request.content.site).await?;
    let service = store::facts::service(tx, request.content.service).await?;
    Ok(Receiver {
        is_user: site.is_some_and(|site| site.is_user),
        contact: service.and_then(|service| service.coordinator),
    })
}
