//! The operator alone keeps placement types (domain §7.2).

use chassis::{Principal, db::Tx};

use crate::{
    codes::domain::placement_type::PlacementType,
    resources::{self, Context, Refusal, Resource},
};

impl Resource for PlacementType {
    async fn permit(_: &mut Tx, who: &Principal, _: Option<&Self>, _: &Self) -> Result<(), Refusal> {
        resources::access::operator(who)
    }

    async fn check(_: &mut Tx, _: &Context, _: Option<&Self>, _: &Self) -> Result<(), Refusal> {
        Ok(())
    }
}
