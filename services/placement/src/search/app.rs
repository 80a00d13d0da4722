//! Places with free capacity: for whoever plans a request (domain §11a), and for a request that goes on to a unit.

use std::collections::HashMap;

use chassis::{StoreError, Tx, UseCase};
use directory::{Snapshot, model};
use kernel::{PlacementRequestId, ServiceId};

use super::{
    domain::{Arrival, Fit, MeasuredUnit, PlacePage, PlaceQuery, ServicePlace, Span, page, ranked},
    store,
};
use crate::requests::{By, Context, Error, Kind, Place, PlacementDays, Role, Weekdays, look};

/// One page of services at sites, those that fit first: counts without names, of the whole province.
impl UseCase for PlaceQuery {
    type Context = Context;
    type Output = PlacePage;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<PlacePage, Error> {
        let services = services(&cx.directory.snapshot(), self);
        let ids: Vec<_> = services.iter().map(|place| place.service).collect();
        let days = PlacementDays { dates: self.dates, weekdays: Weekdays::default() };
        let span = Span { days, without: None };
        let units = measured(tx, cx, &ids, span).await?;
        Ok(page(self, services, units, cx.today()))
    }
}

/// Where a request could go: the units at its site that serve its service, the best first; an agent's own ones only, since
/// an agent passes a request on among these (no. 22).
#[derive(Clone, Copy, Debug)]
pub struct SuggestDestinations(pub PlacementRequestId);

impl UseCase for By<SuggestDestinations> {
    type Context = Context;
    type Output = Vec<Fit>;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Vec<Fit>, Error> {
        let viewer = &self.viewer;
        let request = look(tx, viewer, self.command.0).await?;
        let content = &request.content;
        let span = Span { days: content.days(), without: Some(request.id) };
        let mut units = measured(tx, cx, &[content.service], span).await?;
        units.retain(|unit| {
            viewer.role != Role::DestinationCoordinator
                || viewer.receives_at(Place { destination: Some(unit.id), ..request.place() })
        });
        if content.kind != Kind::Group {
            // Students who come one by one are no group, however many they are.
            units.iter_mut().for_each(|unit| unit.group_size = 0);
        }
        Ok(ranked(units, Arrival::of(content.student_count.into(), content.dates.start(), cx.today())))
    }
}

/// The services in use that the query names, at sites and agencies in use.
fn services(known: &Snapshot, query: &PlaceQuery) -> Vec<ServicePlace> {
    let place = |service: &model::Service| {
        let site = known.site(service.site)?;
        let agency = known.agency(site.agency)?;
        let wanted = query.service.is_none_or(|id| id == service.id) && query.site.is_none_or(|id| id == site.id);
        let in_use = service.active && site.active && agency.active;
        let names = [&*site.name, &*agency.name, &*service.name.fr, &*service.name.en];
        let named = || query.query.is_empty() || query.query.are_in(&names.join(" "));
        (wanted && in_use && named()).then(|| ServicePlace {
            service: service.id,
            service_name: service.name.clone(),
            site: site.id,
            site_name: site.name.clone(),
            agency: agency.id,
            agency_name: agency.name.clone(),
            is_user: agency.is_user,
        })
    };
    known.services().filter_map(place).collect()
}

/// The units in use that serve these services at their sites, each with its busiest day.
async fn measured(
    tx: &mut Tx,
    cx: &Context,
    services: &[ServiceId],
    span: Span,
) -> Result<Vec<MeasuredUnit>, StoreError> {
    let known = cx.directory.snapshot();
    let mut by_site: HashMap<_, Vec<ServiceId>> = HashMap::new();
    for service in services.iter().filter_map(|id| known.service(*id)) {
        by_site.entry(service.site).or_default().push(service.id);
    }
    let at_site = |unit: &&model::Destination| unit.active && by_site.contains_key(&unit.site);
    let units: Vec<_> = known.destinations().filter(at_site).collect();
    let ids: Vec<_> = units.iter().map(|unit| unit.id).collect();
    let loads = store::loads(tx, &ids, span).await?;
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
