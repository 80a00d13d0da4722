//! Closures (domain §5.6): kept by the local administrators of the place; a destination's also by whoever answers for it.

use chassis::{Principal, db::Tx};
use directory::model::Side;

use crate::{
    closures::domain::{Closure, Place},
    organisations::{self, Destination},
    resources::{self, Context, Refusal, Resource, Table as _, becomes_active},
};

impl Resource for Closure {
    /// The place of a closure never changes, so that of `after` is the one that counts.
    async fn permit(tx: &mut Tx, who: &Principal, _: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        let site = match after.place {
            Place::Agency(id) => return resources::access::keeper_of_receiver(who, id),
            Place::Site(id) => id,
            Place::Destination(id) => {
                let Some(found) = Destination::find(tx, &id).await? else { return Ok(()) };
                let site = found.value.site_id;
                match organisations::holds::site(tx, site).await? {
                    Some((agency, _)) if resources::access::answers_for(who, agency, &found.value) => return Ok(()),
                    _ => site,
                }
            }
        };
        let Some((agency, _)) = organisations::holds::site(tx, site).await? else { return Ok(()) };
        resources::access::keeper_of_site(who, agency, site)
    }

    async fn check(tx: &mut Tx, _: &Context, before: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        let opens = becomes_active(before.map(|c| c.active), after.active);
        match after.place {
            Place::Agency(id) => match organisations::holds::agency(tx, id).await? {
                None => Err(Refusal::field("closure.agency_id", "UNKNOWN_AGENCY")),
                Some((Side::Placing, _)) => Err(Refusal::field("closure.agency_id", "AGENCY_NOT_RECEIVING")),
                Some((_, false)) if opens => Err(Refusal::AgencyRetired),
                Some(_) => Ok(()),
            },
            Place::Site(id) => match organisations::holds::site(tx, id).await? {
                None => Err(Refusal::field("closure.site_id", "UNKNOWN_SITE")),
                Some((_, false)) if opens => Err(Refusal::SiteClosed),
                Some(_) => Ok(()),
            },
            Place::Destination(id) => match organisations::holds::destination(tx, id).await? {
                None => Err(Refusal::field("closure.destination_id", "UNKNOWN_DESTINATION")),
                Some(false) if opens => Err(Refusal::field("closure.destination_id", "DESTINATION_RETIRED")),
                Some(_) => Ok(()),
            },
        }
    }
}
