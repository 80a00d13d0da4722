//! `configuration.v1.closure_changed`: kept like every copy, and told to those whose requests it touches.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use kernel::Env;
use proto::configuration::v1::ClosureChanged;

use super::app;
use crate::copies;

/// Keeps what an event says of a closure, unless something newer is known.
pub struct KeepClosure {
    /// The ids and the time of what is told.
    pub env: Env,
}

impl Handle<ClosureChanged> for KeepClosure {
    async fn handle(&self, tx: &mut Tx, received: Received<ClosureChanged>) -> Result<(), HandlerError> {
        let closure = copies::closure(&received.event).map_err(HandlerError::reject)?;
        let version = received.aggregate_version;
        app::keep(tx, &self.env, version, &closure).await.map_err(HandlerError::retry)
    }
}
