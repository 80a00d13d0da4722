//! Places with room, for whoever plans a request (domain §11a): counts without names, of the whole province.

use chassis::Tx;

use super::Error;
use crate::{
    domain::{PlacePage, PlaceQuery, Span, Weekdays, fit},
    store,
};

/// One page of services at sites, those that fit first.
///
/// # Errors
/// If the store fails.
pub async fn run(tx: &mut Tx, query: &PlaceQuery) -> Result<PlacePage, Error> {
    let services = store::places::services(tx, query).await?;
    let ids: Vec<_> = services.iter().map(|place| place.service.uuid()).collect();
    let span = Span { dates: query.dates, weekdays: Weekdays::default(), without: None };
    let units = store::places::units(tx, &ids, span).await?;
    Ok(fit::page(query, services, units))
}
