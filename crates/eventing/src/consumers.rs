//! A service's handlers, by event type.

use std::{marker::PhantomData, sync::Arc};

use proto::{Event, event::v1::Envelope};

use crate::{
    Handle, HandlerError, Tx,
    handler::{AfterCommit, ErasedHandler, Typed},
};

/// One queue of a service and the handler behind it.
#[derive(Clone)]
pub(crate) struct Subscription {
    pub(crate) queue: String,
    pub(crate) event_type: &'static str,
    pub(crate) handler: Arc<dyn ErasedHandler>,
}

/// A service's handlers: `Consumers::of("placement").on::<PersonChanged>(handler)`. Cheap to clone.
#[derive(Clone)]
pub struct Consumers {
    service: &'static str,
    subscriptions: Vec<Subscription>,
    after_commit: Vec<Arc<dyn AfterCommit>>,
}

impl Consumers {
    /// The handlers of a service, none yet.
    #[must_use]
    pub const fn of(service: &'static str) -> Self {
        Self { service, subscriptions: Vec::new(), after_commit: Vec::new() }
    }

    /// Adds the handler of one event type, whose queue is `<service>.<event type>`.
    ///
    /// # Panics
    /// If the type has a handler already: a queue has one.
    #[must_use]
    pub fn on<E: Event>(mut self, handler: impl Handle<E>) -> Self {
        assert!(self.find(E::TYPE).is_none(), "{} has two handlers in {}", E::TYPE, self.service);
        self.subscriptions.push(Subscription {
            queue: queue_name(self.service, E::TYPE),
            event_type: E::TYPE,
            handler: Arc::new(Typed(handler, PhantomData)),
        });
        self
    }

    /// Has `hook` told of each commit of what the handlers did.
    #[must_use]
    pub fn after_commit(mut self, hook: impl AfterCommit) -> Self {
        self.after_commit.push(Arc::new(hook));
        self
    }

    /// Tells the hooks that what the handlers did was committed: for those who run handlers in transactions of their own.
    pub async fn committed(&self) {
        for hook in &self.after_commit {
            hook.committed().await;
        }
    }

    /// The names of the queues.
    #[must_use]
    pub fn queues(&self) -> Vec<String> {
        self.subscriptions.iter().map(|s| s.queue.clone()).collect()
    }

    /// The event types, which must be those of the service's [`Topology`](crate::Topology).
    #[must_use]
    pub fn types(&self) -> Vec<&'static str> {
        self.subscriptions.iter().map(|s| s.event_type).collect()
    }

    /// Hands an envelope to its handler without an inbox row: for the refill of a copy, whose projections are idempotent by
    /// `aggregate_version`. Answers whether there is a handler for it.
    ///
    /// # Errors
    /// The handler's, or [`HandlerError::Reject`] if the envelope can't be read.
    pub async fn apply(&self, tx: &mut Tx, envelope: &Envelope) -> Result<bool, HandlerError> {
        let Some(subscription) = self.find(&envelope.r#type) else { return Ok(false) };
        subscription.handler.handle(tx, envelope).await?;
        Ok(true)
    }

    /// The service whose handlers these are.
    #[must_use]
    pub const fn service(&self) -> &'static str {
        self.service
    }

    pub(crate) fn subscriptions(&self) -> &[Subscription] {
        &self.subscriptions
    }

    fn find(&self, event_type: &str) -> Option<&Subscription> {
        self.subscriptions.iter().find(|s| s.event_type == event_type)
    }
}

pub(crate) fn queue_name(service: &str, event_type: &str) -> String {
    format!("{service}.{event_type}")
}
