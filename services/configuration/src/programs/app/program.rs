//! Programs (domain §6): kept by the school's local administrators.

use chassis::{Principal, db::Tx};
use directory::model::Side;

use crate::{
    organisations,
    programs::domain::program::Program,
    resources::{self, Context, Refusal, Resource, becomes_active},
};

impl Resource for Program {
    async fn permit(_: &mut Tx, who: &Principal, before: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        match before {
            None => resources::access::keeper_of_agency(who, after.agency_id),
            Some(_) => resources::access::keeper_of_program(who, after.agency_id, after.id),
        }
    }

    async fn check(tx: &mut Tx, _: &Context, before: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        match organisations::holds::agency(tx, after.agency_id).await? {
            None => Err(Refusal::field("program.agency_id", "UNKNOWN_AGENCY")),
            Some((Side::Receiving, _)) => Err(Refusal::field("program.agency_id", "AGENCY_NOT_PLACING")),
            Some((_, false)) if becomes_active(before.map(|p| p.active), after.active) => Err(Refusal::AgencyRetired),
            Some(_) => Ok(()),
        }
    }
}
