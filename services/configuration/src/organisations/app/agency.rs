//! The operator alone keeps agencies (domain §16).

use chassis::{Principal, db::Tx};

use crate::{
    organisations::domain::agency::Agency,
    resources::{self, Context, Refusal, Resource},
};

impl Resource for Agency {
    async fn permit(_: &mut Tx, who: &Principal, _: Option<&Self>, _: &Self) -> Result<(), Refusal> {
        resources::access::operator(who)
    }

    async fn check(_: &mut Tx, _: &Context, _: Option<&Self>, _: &Self) -> Result<(), Refusal> {
        Ok(())
    }
}
