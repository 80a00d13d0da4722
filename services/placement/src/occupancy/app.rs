//! How full destinations are (domain §10): counts without names, of any place in the province.

use chassis::{Tx, UseCase};

use super::{
    domain::{OccupancyQuery, OccupancyRow, Weeks},
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
        let rows = store::of(tx, self, weeks).await?;
        if rows.is_empty() && !store::is_known(tx, self).await? {
            return Err(Error::NotFound);
        }
        Ok((weeks, rows))
    }
}
