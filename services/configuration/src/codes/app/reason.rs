//! The operator alone keeps reasons (domain §8).

use chassis::{Principal, db::Tx};

use crate::{
    codes::domain::reason::Reason,
    resources::{self, Context, Refusal, Resource},
};

impl Resource for Reason {
    async fn permit(_: &mut Tx, who: &Principal, _: Option<&Self>, _: &Self) -> Result<(), Refusal> {
        resources::access::operator(who)
    }

    async fn check(_: &mut Tx, _: &Context, _: Option<&Self>, _: &Self) -> Result<(), Refusal> {
        Ok(())
    }
}
