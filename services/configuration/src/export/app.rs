//! The present state of everything, for those who keep copies.

use chassis::db::Tx;
use eventing::outbox;
use kernel::Env;
use proto::event::v1::Envelope;

use crate::resources::{self, Listing, Position, Refusal, Resource};

/// Entries per transaction.
const BATCH: i64 = 200;

/// The next entries of a resource as envelopes, and where to go on. An entry that is renamed meanwhile may be missed or
/// told twice; its own event, which is delivered after this, makes up for that.
pub async fn page<R: Resource>(
    tx: &mut Tx,
    env: &Env,
    province: &str,
    after: Option<Position>,
) -> Result<(Vec<Envelope>, Option<Position>), Refusal> {
    let listing = Listing { after, ..Listing::all(env.today(), BATCH) };
    let (entries, next) = resources::resource::list::<R>(tx, &listing).await?;
    let envelope = |stored| outbox::envelope(&resources::resource::fact(env, stored), province, &R::changed(stored));
    Ok((entries.iter().map(envelope).collect(), next))
}
