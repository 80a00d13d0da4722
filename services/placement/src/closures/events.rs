//! `configuration.v1.closure_changed`: kept in the directory, and told to those whose requests it touches.

use chassis::Tx;
use directory::{Directory, Kept, model::Entry, wire::EntryChanged as _};
use eventing::{Handle, HandlerError, Received};
use kernel::Env;
use proto::configuration::v1::ClosureChanged;

use super::app;

/// Keeps what an event says of a closure, unless something newer is known.
pub struct KeepClosure {
    /// Where it is kept.
    pub directory: Directory,
    /// The ids and the time of what is told.
    pub env: Env,
}

impl Handle<ClosureChanged> for KeepClosure {
    async fn handle(&self, tx: &mut Tx, received: Received<ClosureChanged>) -> Result<(), HandlerError> {
        let version = received.aggregate_version;
        let kept = self.directory.keep(tx, &received).await?;
        match (kept, received.event.entry().map_err(HandlerError::reject)?) {
            (Kept::Newer, Entry::Closure(closure)) => {
                app::tell_schools(tx, &self.env, version, &closure).await.map_err(HandlerError::retry)
            }
            _ => Ok(()),
        }
    }
}
