//! How full destinations are (domain §10): counts without names, of any place in the province.

use chassis::Tx;

use super::{Env, Error};
use crate::{
    domain::{OccupancyQuery, OccupancyRow, Weeks},
    store,
};

/// The weeks and the rows.
///
/// # Errors
/// `NOT_FOUND` if there is no such site, service or destination.
pub async fn run(tx: &mut Tx, env: &Env, query: &OccupancyQuery) -> Result<(Weeks, Vec<OccupancyRow>), Error> {
    let weeks = Weeks::from(query.from.unwrap_or_else(|| env.today()), query.weeks);
    let rows = store::occupancy::of(tx, query, weeks).await?;
    if rows.is_empty() && !store::occupancy::is_known(tx, query).await? {
        return Err(Error::NotFound);
    }
    Ok((weeks, rows))
}
