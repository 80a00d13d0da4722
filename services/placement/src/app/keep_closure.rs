//! Keeps the copy of a closure, and tells the schools whose requests it touches (domain §5.6): each coordinator once. One
//! that is withdrawn, or over, concerns nobody any more.

use chassis::Tx;
use eventing::outbox::{self, Fact};
use kernel::Env;

use super::Error;
use crate::{domain::copy::Closure, store, wire};

/// Keeps the closure as it is in `version`, unless a newer one is there.
///
/// # Errors
/// If the store fails.
pub async fn run(tx: &mut Tx, env: &Env, version: i64, closure: &Closure) -> Result<(), Error> {
    let is_news = store::copies::put_closure(tx, version, closure).await?;
    if !is_news || !closure.active || closure.days.end() < env.today() {
        return Ok(());
    }
    for touched in store::closing::to_be_told(tx, closure.id).await? {
        let fact = Fact {
            id: env.ids.next(),
            aggregate_id: closure.id.to_string(),
            aggregate_version: version,
            occurred_at: env.now(),
        };
        let event = wire::requests_affected_by_closure(closure.id, touched);
        outbox::append(tx, &fact, &event).await.map_err(store::Error::from)?;
    }
    Ok(())
}
