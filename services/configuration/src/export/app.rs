//! The present state of everything, for those who keep copies.

use std::{marker::PhantomData, sync::Arc};

use chassis::{UseCase, db::Tx};
use eventing::outbox;
use proto::event::v1::Envelope;

use crate::resources::{self, Context, Listing, Position, Refusal, Resource};

/// Entries per transaction.
const BATCH: i64 = 200;

/// The next entries of a resource as envelopes. An entry that is renamed meanwhile may be missed or told twice; its own
/// event, which is delivered after this, makes up for that.
pub struct ExportPage<R> {
    province: Arc<str>,
    after: Option<Position>,
    resource: PhantomData<fn() -> R>,
}

impl<R: Resource> ExportPage<R> {
    /// The page behind a position; the first one behind none.
    pub fn new(province: Arc<str>, after: Option<Position>) -> Self {
        Self { province, after, resource: PhantomData }
    }
}

impl<R: Resource> UseCase for ExportPage<R> {
    type Context = Context;
    /// The envelopes, and where to go on.
    type Output = (Vec<Envelope>, Option<Position>);
    type Error = Refusal;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Self::Output, Refusal> {
        let Context { env, .. } = cx;
        let listing = Listing { after: self.after.clone(), ..Listing::all(env.today(), BATCH) };
        let (entries, next) = resources::list::<R>(tx, &listing).await?;
        let envelope = |stored| outbox::envelope(&resources::fact(env, stored), &self.province, &R::changed(stored));
        Ok((entries.iter().map(envelope).collect(), next))
    }
}
