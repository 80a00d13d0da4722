//! The operator alone keeps sites (domain §5.2); each belongs to an organisation that receives students.

use chassis::{Principal, db::Tx};
use directory::model::Side;

use crate::{
    organisations::{domain::site::Site, store},
    resources::{self, Context, Refusal, Resource, becomes_active},
};

impl Resource for Site {
    async fn permit(_: &mut Tx, who: &Principal, _: Option<&Self>, _: &Self) -> Result<(), Refusal> {
        resources::access::operator(who)
    }

    async fn check(tx: &mut Tx, _: &Context, before: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        match store::holds::agency(tx, after.agency_id).await? {
            None => Err(Refusal::field("site.agency_id", "UNKNOWN_AGENCY")),
            Some((Side::Placing, _)) => Err(Refusal::field("site.agency_id", "AGENCY_NOT_RECEIVING")),
            Some((_, false)) if becomes_active(before.map(|s| s.active), after.active) => Err(Refusal::AgencyRetired),
            Some(_) => Ok(()),
        }
    }
}
