//! How those who read an outbox learn that something may wait in it.

use std::sync::Arc;

use futures::future::BoxFuture;
use tokio::sync::watch;

use crate::AfterCommit;

/// What a process's transactions share with the relay and the [`Tail`](crate::Tail)s of the same schema. It is told after the
/// commit: a `NOTIFY` inside takes a lock that all commits of the database share, and holds it until the commit is on disk.
#[derive(Clone, Debug)]
pub struct OutboxSignal(Arc<watch::Sender<()>>);

impl Default for OutboxSignal {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(())))
    }
}

impl OutboxSignal {
    /// A transaction that may have appended is committed. What is told while a reader is busy is told once.
    pub fn committed(&self) {
        self.0.send_replace(());
    }

    /// Everything that is told from now on.
    pub(crate) fn subscribe(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}

impl AfterCommit for OutboxSignal {
    fn committed(&self) -> BoxFuture<'_, ()> {
        Self::committed(self);
        Box::pin(std::future::ready(()))
    }
}
