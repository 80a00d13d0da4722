//! The operator alone keeps terms (domain §3.1).

use chassis::{Principal, db::Tx};

use crate::{
    programs::domain::term::Term,
    resources::{self, Context, Refusal, Resource},
};

impl Resource for Term {
    async fn permit(_: &mut Tx, who: &Principal, _: Option<&Self>, _: &Self) -> Result<(), Refusal> {
        resources::access::operator(who)
    }

    async fn check(_: &mut Tx, _: &Context, _: Option<&Self>, _: &Self) -> Result<(), Refusal> {
        Ok(())
    }
}
