//! Whether the world admits an action: the reason that goes with it, the unit, the closures of the place.

use chassis::Tx;
use kernel::{DateRange, DestinationId, Invalid};

use super::{Context, Error, facts, fit};
use crate::requests::{
    domain::{
        Action, Decision, DestinationFacts, Misfit, PlacementDays, PlacementRequest, ReasonCode, ReasonNeed, Role,
        Viewer, check_destination, reason,
    },
    store,
};

/// Whether the reason that goes with an action exists, is offered and fits.
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

/// Whether whoever says yes to a request knows why it does not fit. Two who accept at one unit do so one after the other, so that
/// neither counts without the other's students. A school notes what an agency has answered, which need not explain itself.
///
/// # Errors
/// `DOES_NOT_FIT` with the gravest reason that they are silent about.
pub(crate) async fn check_fit(
    tx: &mut Tx,
    cx: &Context,
    viewer: &Viewer,
    request: &PlacementRequest,
    (decision, despite): (&Decision, &[Misfit]),
) -> Result<(), Error> {
    if matches!(decision, Decision::Decline(_)) || viewer.role == Role::PlacingCoordinator {
        return Ok(());
    }
    if let Some(unit) = request.destination() {
        store::load::lock(tx, unit).await?;
    }
    let misfits = fit::misfits(tx, cx, request).await?;
    match misfits.into_iter().find(|misfit| !despite.contains(misfit)) {
        Some(misfit) => Err(Error::DoesNotFit(misfit)),
        None => Ok(()),
    }
}

/// A unit that can receive the request, as the caller named it in `destination_id`, and that is open on its days.
pub(super) async fn unit_for(
    tx: &mut Tx,
    cx: &Context,
    request: &PlacementRequest,
    id: DestinationId,
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
pub(super) fn check_open(cx: &Context, request: &PlacementRequest, unit: Option<DestinationId>) -> Result<(), Error> {
    check_open_on(cx, request, unit, request.content.dates)
}

/// The same for its weekdays in another period.
pub(super) fn check_open_on(
    cx: &Context,
    request: &PlacementRequest,
    unit: Option<DestinationId>,
    dates: DateRange,
) -> Result<(), Error> {
    let days = PlacementDays { dates, ..request.content.days() };
    match facts::closure(&cx.directory.snapshot(), request.content.site, unit, days) {
        Some(days) => Err(Error::PlaceClosed(days)),
        None => Ok(()),
    }
}
