//! `configuration.v1.*_changed` and `identity.v1.person_changed`.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};

use super::{store, wire::ToCopy};

/// Keeps what an event says of an aggregate, unless something newer is known.
pub struct KeepCopy;

impl<E: ToCopy> Handle<E> for KeepCopy {
    async fn handle(&self, tx: &mut Tx, received: Received<E>) -> Result<(), HandlerError> {
        // An owner that does not keep its promise today will not keep it at the tenth attempt.
        let copy = received.event.to_copy().map_err(HandlerError::reject)?;
        store::put(tx, received.aggregate_version, &copy).await.map_err(HandlerError::retry)
    }
}
