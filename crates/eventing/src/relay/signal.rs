//! How a relay learns that something may wait in its outbox.

use std::sync::Arc;

use futures::future::BoxFuture;
use tokio::sync::{Notify, futures::Notified};

use crate::AfterCommit;

/// What a process's transactions and its relay of the same schema share. It is told after the commit: a `NOTIFY` inside
/// takes a lock that all commits of the database share, and holds it until the commit is on disk.
#[derive(Clone, Debug, Default)]
pub struct OutboxSignal(Arc<Notify>);

impl OutboxSignal {
    /// A transaction that may have appended is committed. What is told while the relay is busy is told once.
    pub fn committed(&self) {
        self.0.notify_one();
    }

    pub(super) fn told(&self) -> Notified<'_> {
        self.0.notified()
    }
}

impl AfterCommit for OutboxSignal {
    fn committed(&self) -> BoxFuture<'_, ()> {
        Self::committed(self);
        Box::pin(std::future::ready(()))
    }
}
