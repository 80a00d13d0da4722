//! Units measured for some days.

use std::collections::HashMap;

use chassis::{StoreError, Tx};
use directory::model;
use kernel::{DestinationId, ServiceId};

use super::{Context, facts};
use crate::requests::{
    domain::{Arrival, Fit, MeasuredUnit, Misfit, PlacementRequest, Span},
    store,
};

/// Why a request does not fit into the unit that it is for, the gravest first, as far as that needs a yes that knows of it. Without
/// a unit only its site can be closed.
pub(super) async fn misfits(tx: &mut Tx, cx: &Context, request: &PlacementRequest) -> Result<Vec<Misfit>, StoreError> {
    let content = &request.content;
    let span = Span { days: content.days(), without: Some(request.id) };
    let unit = match request.destination() {
        Some(unit) => measured_units(tx, cx, &[content.service], Some(unit), span).await?.pop(),
        None => None,
    };
    let Some(unit) = unit else {
        let closed = facts::closure(&cx.directory.snapshot(), content.site, None, span.days);
        return Ok(closed.map(|_| Misfit::Closed).into_iter().collect());
    };
    let fit = Fit::of(unit, Arrival::of(content, cx.today()));
    Ok(fit.misfits.into_iter().filter(|misfit| misfit.needs_consent()).collect())
}

/// The units in use that serve these services at their sites, each with its busiest day.
pub(crate) async fn measured(
    tx: &mut Tx,
    cx: &Context,
    services: &[ServiceId],
    span: Span,
) -> Result<Vec<MeasuredUnit>, StoreError> {
    measured_units(tx, cx, services, None, span).await
}

/// The same of one unit only, or of all.
async fn measured_units(
    tx: &mut Tx,
    cx: &Context,
    services: &[ServiceId],
    only: Option<DestinationId>,
    span: Span,
) -> Result<Vec<MeasuredUnit>, StoreError> {
    let known = cx.directory.snapshot();
    let mut by_site: HashMap<_, Vec<ServiceId>> = HashMap::new();
    for service in services.iter().filter_map(|id| known.service(*id)) {
        by_site.entry(service.site).or_default().push(service.id);
    }
    let at_site = |unit: &&model::Destination| {
        unit.active && by_site.contains_key(&unit.site) && only.is_none_or(|only| only == unit.id)
    };
    let units: Vec<_> = known.destinations().filter(at_site).collect();
    let ids: Vec<_> = units.iter().map(|unit| unit.id).collect();
    let loads = store::load::loads(tx, &ids, span).await?;
    let agents: Vec<_> = units.iter().filter_map(|unit| unit.agent).collect();
    let agents = cx.directory.people(&mut **tx, &agents).await?;
    let in_force = known.closures().filter(|closure| closure.is_in_force_on(span.days.dates));
    let closures: Vec<_> = in_force.filter(|closure| span.days.touch(closure.days)).collect();
    let mut measured = Vec::new();
    for unit in units {
        let agent = unit.agent.and_then(|id| agents.get(&id)).map(AsRef::as_ref);
        let place = known.place(model::Scope::Destination(unit.id));
        let closed = place.is_some_and(|place| closures.iter().any(|closure| closure.touches(&place, span.days.dates)));
        let load = loads.get(&unit.id).copied().unwrap_or_default();
        let served = by_site[&unit.site].iter().filter(|service| unit.services.contains(service));
        measured.extend(served.map(|&service| MeasuredUnit {
            id: unit.id,
            service,
            name: unit.name.clone(),
            capacity: unit.capacity,
            group_size: unit.group_size,
            notice_weeks: unit.notice_weeks,
            accepted: load.accepted,
            pending: load.pending,
            electronic: known.is_user(unit.id, agent),
            closed,
        }));
    }
    Ok(measured)
}
