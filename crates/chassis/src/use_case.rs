//! What a service does, written once and run by RPCs, event handlers and tasks alike.

use std::future::Future;

use crate::{Failure, Tx};

/// One thing that a service does: it loads, asks the domain for the transition, stores, publishes. It holds what the caller
/// asked for, parsed, and who asks.
///
/// It runs in the caller's transaction and never commits: RPCs and tasks run it by [`Db::write`](crate::Db::write),
/// [`Db::once`](crate::Db::once) and [`Db::read`](crate::Db::read), event handlers in the transaction of their inbox row. It may be run
/// again after a lost race, so it must not change what it holds, and it makes no call to another process.
pub trait UseCase: Send + Sync {
    /// What the service gives every use case: time, ids, settings, the directory.
    type Context: Send + Sync;
    /// What is answered.
    type Output: Send;
    /// Why it was not done.
    type Error: Into<Failure> + Send;

    /// Does it.
    fn run(&self, tx: &mut Tx, cx: &Self::Context) -> impl Future<Output = Result<Self::Output, Self::Error>> + Send;
}
