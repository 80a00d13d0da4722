//! How full destinations are (domain §10): counts without names, of any place in the province.

use chassis::{Tx, UseCase};
use directory::{
    Snapshot,
    model::{Destination, Scope},
};
use kernel::DateRange;

use super::{
    domain::{Cell, OccupancyQuery, OccupancyRow, Weeks},
    store,
};
use crate::requests::{Context, Error};

impl UseCase for OccupancyQuery {
    type Context = Context;
    type Output = (Weeks, Vec<OccupancyRow>);
    type Error = Error;

    /// `NOT_FOUND` if there is no such site, service or destination.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<(Weeks, Vec<OccupancyRow>), Error> {
        let weeks = Weeks::from(self.from.unwrap_or_else(|| cx.today()), self.weeks);
        let known = cx.directory.snapshot();
        if !self.is_known(&known) {
            return Err(Error::NotFound);
        }
        let mut rows = self.rows(&known, weeks);
        store::fill(tx, &mut rows, weeks).await?;
        close(&known, &mut rows, weeks);
        Ok((weeks, rows))
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
    fn rows(&self, known: &Snapshot, weeks: Weeks) -> Vec<OccupancyRow> {
        let named = |unit: &&Destination| {
            unit.active
                && self.site.is_none_or(|id| id == unit.site)
                && self.service.is_none_or(|id| unit.services.contains(&id))
                && self.destination.is_none_or(|id| id == unit.id)
        };
        let empty = vec![Cell::default(); weeks.mondays().count()];
        let row = |unit: &Destination| OccupancyRow {
            destination: unit.id,
            name: unit.name.clone(),
            capacity: unit.capacity,
            cells: empty.clone(),
        };
        let mut rows: Vec<_> = known.destinations().filter(named).map(row).collect();
        rows.sort_by_cached_key(|row| (kernel::sort_key(&row.name), row.destination));
        rows
    }
}

/// Marks the weeks that closures of the unit, its site or its agency touch.
fn close(known: &Snapshot, rows: &mut [OccupancyRow], weeks: Weeks) {
    let Ok(days) = DateRange::new(weeks.first, weeks.last_day()) else { return };
    let closures: Vec<_> = known.closures().filter(|closure| closure.is_in_force_on(days)).collect();
    for row in rows {
        let Some(place) = known.place(Scope::Destination(row.destination)) else { continue };
        for closure in closures.iter().filter(|closure| closure.touches(&place, days)) {
            weeks.touched_by(closure.days).for_each(|week| row.cells[week].closed = true);
        }
    }
}
