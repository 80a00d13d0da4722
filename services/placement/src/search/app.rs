//! Places with free capacity: for whoever plans a request (domain §11a), and for a request that goes on to a unit.

use chassis::{Tx, UseCase};
use directory::{Snapshot, model};
use kernel::PlacementRequestId;

use super::domain::{PlacePage, PlaceQuery, ServicePlace, page};
use crate::requests::{
    Arrival, By, Context, Error, Fit, Place, PlacementDays, Role, Span, Weekdays, look, measured, ranked,
};

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
        Ok(ranked(units, Arrival::of(content, cx.today())))
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
