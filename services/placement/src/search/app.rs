//! Places with room: for whoever plans a request (domain §11a), and for a request that goes on to a unit.

use chassis::{Tx, UseCase};
use kernel::PlacementRequestId;

use super::{
    domain::{Fit, PlacePage, PlaceQuery, Span, page, ranked},
    store,
};
use crate::requests::{By, Context, Error, Kind, Place, Role, Weekdays, look};

/// One page of services at sites, those that fit first: counts without names, of the whole province.
impl UseCase for PlaceQuery {
    type Context = Context;
    type Output = PlacePage;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, _: &Context) -> Result<PlacePage, Error> {
        let services = store::services(tx, self).await?;
        let ids: Vec<_> = services.iter().map(|place| place.service.uuid()).collect();
        let span = Span { dates: self.dates, weekdays: Weekdays::default(), without: None };
        let units = store::units(tx, &ids, span).await?;
        Ok(page(self, services, units))
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

    async fn run(&self, tx: &mut Tx, _: &Context) -> Result<Vec<Fit>, Error> {
        let viewer = &self.viewer;
        let request = look(tx, viewer, self.command.0).await?;
        let content = &request.content;
        let span = Span { dates: content.dates, weekdays: content.weekdays, without: Some(request.id) };
        let mut units = store::units(tx, &[content.service.uuid()], span).await?;
        units.retain(|unit| {
            viewer.role != Role::DestinationCoordinator
                || viewer.receives_at(Place { destination: Some(unit.id), ..request.place() })
        });
        if content.kind != Kind::Group {
            // Students who come one by one are no group, however many they are.
            units.iter_mut().for_each(|unit| unit.group_size = 0);
        }
        Ok(ranked(units, content.student_count.into()))
    }
}
