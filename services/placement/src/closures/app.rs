//! Tells the schools whose requests a closure touches (domain §5.6): each coordinator once. One that is withdrawn, or over,
//! concerns nobody any more.

use chassis::{StoreError, Tx};
use directory::model::Closure;
use eventing::outbox::{self, Fact};
use kernel::Env;

use super::{store, wire};

/// Tells of a closure that is as it is in `version` now.
pub(super) async fn tell_schools(tx: &mut Tx, env: &Env, version: i64, closure: &Closure) -> Result<(), StoreError> {
    if !closure.active || closure.days.end() < env.today() {
        return Ok(());
    }
    for touched in store::to_be_told(tx, closure.id).await? {
        let fact = Fact {
            id: env.ids.next(),
            aggregate_id: closure.id.to_string(),
            aggregate_version: version,
            occurred_at: env.now(),
        };
        let event = wire::requests_affected_by_closure(closure.id, touched);
        outbox::append(tx, &fact, &event).await?;
    }
    Ok(())
}
