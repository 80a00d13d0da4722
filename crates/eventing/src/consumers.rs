//! A service's handlers, by event type.

use std::{marker::PhantomData, sync::Arc};

use proto::{Event, event::v1::Envelope};

use crate::{
    Handle, HandlerError, Tx,
    handler::{AfterCommit, ErasedHandler, Typed},
};

/// A service's handlers: `Consumers::of("placement").on::<PersonChanged>(handler)`. Cheap to clone.
#[derive(Clone)]
pub struct Consumers {
    service: &'static str,
    handlers: Vec<(&'static str, Arc<dyn ErasedHandler>)>,
    after_commit: Vec<Arc<dyn AfterCommit>>,
}

impl Consumers {
    /// The handlers of a service, none yet.
    #[must_use]
    pub const fn of(service: &'static str) -> Self {
        Self { service, handlers: Vec::new(), after_commit: Vec::new() }
    }

    /// Adds the handler of one event type.
    ///
    /// # Panics
    /// If the type has a handler already.
    #[must_use]
    pub fn on<E: Event>(mut self, handler: impl Handle<E>) -> Self {
        assert!(self.find(E::TYPE).is_none(), "{} has two handlers in {}", E::TYPE, self.service);
        self.handlers.push((E::TYPE, Arc::new(Typed(handler, PhantomData))));
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

    /// The name of the queue that all these events come by.
    #[must_use]
    pub fn queue(&self) -> String {
        queue_name(self.service)
    }

    /// The event types, which must be those of the service's [`Topology`](crate::Topology).
    #[must_use]
    pub fn types(&self) -> Vec<&'static str> {
        self.handlers.iter().map(|(event_type, _)| *event_type).collect()
    }

    /// Hands an envelope to its handler without an inbox row: for the refill of a copy, whose projections are idempotent by
    /// `aggregate_version`. Answers whether there is a handler for it.
    ///
    /// # Errors
    /// The handler's, or [`HandlerError::Reject`] if the envelope can't be read.
    pub async fn apply(&self, tx: &mut Tx, envelope: &Envelope) -> Result<bool, HandlerError> {
        let Some((_, handler)) = self.find(&envelope.r#type) else { return Ok(false) };
        handler.handle(tx, envelope).await?;
        Ok(true)
    }

    /// The service whose handlers these are.
    #[must_use]
    pub const fn service(&self) -> &'static str {
        self.service
    }

    /// The handler of an event type, with the type's name as a constant.
    pub(crate) fn find(&self, event_type: &str) -> Option<(&'static str, &dyn ErasedHandler)> {
        let found = self.handlers.iter().find(|(known, _)| *known == event_type);
        found.map(|(event_type, handler)| (*event_type, &**handler))
    }
}

/// `<service>.events`: a service has one queue, so that batches mix types and a province needs few queues.
pub(crate) fn queue_name(service: &str) -> String {
    format!("{service}.events")
}
