//! Keeps the copy of a closure, and tells the schools whose requests it touches (domain §5.6): each coordinator once. One
//! that is withdrawn, or over, concerns nobody any more.

use chassis::{StoreError, Tx};
use eventing::outbox::{self, Fact};
use kernel::Env;

use super::{store, wire};
use crate::copies::{Closure, put_closure};

/// Keeps the closure as it is in `version`, unless a newer one is there.
pub(super) async fn keep(tx: &mut Tx, env: &Env, version: i64, closure: &Closure) -> Result<(), StoreError> {
    let is_news = put_closure(tx, version, closure).await?;
    if !is_news || !closure.active || closure.days.end() < env.today() {
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
