//! How full destinations are (domain §10): counts without names, of any place in the province.

use chassis::{Tx, UseCase};
use directory::{
    Snapshot,
    model::{Destination, Scope, Service},
};
use kernel::DateRange;

use super::{
    domain::{Cell, Occupancy, OccupancyQuery, OccupancyRow, UnassignedRow, Weeks},
    store,
};
use crate::requests::{Context, Error};

impl UseCase for OccupancyQuery {
    type Context = Context;
    type Output = Occupancy;
    type Error = Error;

    /// `NOT_FOUND` if there is no such site, service or destination.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Occupancy, Error> {
        let weeks = Weeks::from(self.from.unwrap_or_else(|| cx.today()), self.weeks);
        let known = cx.directory.snapshot();
        if !self.is_known(&known) {
            return Err(Error::NotFound);
        }
        let (mut destinations, mut unassigned) = (self.destinations(&known, weeks), self.services(&known, weeks));
        let units = destinations.iter_mut().map(|row| (row.destination.uuid(), &mut row.cells));
        let services = unassigned.iter_mut().map(|row| (row.service.uuid(), &mut row.cells));
        store::fill(tx, (&mut units.collect(), &mut services.collect()), weeks).await?;
        unassigned.retain(|row| row.cells.iter().any(|cell| cell.accepted > 0 || cell.pending > 0));
        let units = destinations.iter_mut().map(|row| (Scope::Destination(row.destination), &mut row.cells));
        let services = unassigned.iter_mut().map(|row| (Scope::Service(row.service), &mut row.cells));
        close(&known, units.chain(services), weeks);
        Ok(Occupancy { weeks, destinations, unassigned })
    }
}

impl OccupancyQuery {
    /// Whether every place that it names exists, in use or not.
    fn is_known(&self, known: &Snapshot) -> bool {
        self.site.is_none_or(|id| known.site(id).is_some())
            && self.service.is_none_or(|id| known.service(id).is_some())
            && self.destination.is_none_or(|id| known.destination(id).is_some())
    }

    /// The destinations in use that it names, by name, with empty weeks.
    fn destinations(&self, known: &Snapshot, weeks: Weeks) -> Vec<OccupancyRow> {
        let named = |unit: &&Destination| {
            unit.active
                && self.site.is_none_or(|id| id == unit.site)
                && self.service.is_none_or(|id| unit.services.contains(&id))
                && self.destination.is_none_or(|id| id == unit.id)
        };
        let row = |unit: &Destination| OccupancyRow {
            destination: unit.id,
            name: unit.name.clone(),
            capacity: unit.capacity,
            cells: weeks.empty(),
        };
        let mut rows: Vec<_> = known.destinations().filter(named).map(row).collect();
        rows.sort_by_cached_key(|row| (kernel::sort_key(&row.name), row.destination));
        rows
    }

    /// The services that it names, in use or not, by name, with empty weeks; none where it asks for one destination.
    fn services(&self, known: &Snapshot, weeks: Weeks) -> Vec<UnassignedRow> {
        let named = |service: &&Service| {
            self.destination.is_none()
                && self.site.is_none_or(|id| id == service.site)
                && self.service.is_none_or(|id| id == service.id)
        };
        let row =
            |service: &Service| UnassignedRow { service: service.id, name: service.name.clone(), cells: weeks.empty() };
        let mut rows: Vec<_> = known.services().filter(named).map(row).collect();
        rows.sort_by_cached_key(|row| (kernel::sort_key(&row.name.fr), row.service));
        rows
    }
}

/// Marks the weeks that closures of a row's place, or of what is above it, touch.
fn close<'a>(known: &Snapshot, rows: impl Iterator<Item = (Scope, &'a mut Vec<Cell>)>, weeks: Weeks) {
    let Ok(days) = DateRange::new(weeks.first, weeks.last_day()) else { return };
    let closures: Vec<_> = known.closures().filter(|closure| closure.is_in_force_on(days)).collect();
    for (scope, cells) in rows {
        let Some(place) = known.place(scope) else { continue };
        for closure in closures.iter().filter(|closure| closure.touches(&place, days)) {
            weeks.touched_by(closure.days).for_each(|week| cells[week].closed = true);
        }
    }
}
