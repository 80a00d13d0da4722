//! A service's handlers, by event type.

use std::{marker::PhantomData, sync::Arc};

use proto::{Event, event::v1::Envelope};
use tracing::Span;

use crate::{
    Handle, HandleBatch, HandlerError, Read, Tx,
    handler::{AfterCommit, Arriving, Batched, ErasedHandler, Single, reader},
};

/// A service's handlers: `Consumers::of("placement").on::<PersonChanged>(handler)`. Cheap to clone.
#[derive(Clone)]
pub struct Consumers {
    service: &'static str,
    handlers: Vec<Arc<dyn ErasedHandler>>,
    /// Which handler takes each event type.
    types: Vec<(&'static str, usize)>,
    after_commit: Vec<Arc<dyn AfterCommit>>,
}

/// Events that one handler takes together.
pub(crate) struct Share<'a> {
    pub(crate) handler: &'a dyn ErasedHandler,
    pub(crate) events: Vec<Arriving<'a>>,
}

impl Consumers {
    /// The handlers of a service, none yet.
    #[must_use]
    pub const fn of(service: &'static str) -> Self {
        Self { service, handlers: Vec::new(), types: Vec::new(), after_commit: Vec::new() }
    }

    /// Adds the handler of one event type.
    ///
    /// # Panics
    /// If the type has a handler already.
    #[must_use]
    pub fn on<E: Event>(mut self, handler: impl Handle<E>) -> Self {
        self.take(E::TYPE);
        self.handlers.push(Arc::new(Single(handler, PhantomData)));
        self
    }

    /// Adds a handler that takes events of several types together; which, is said by [`Batch::on`].
    #[must_use]
    pub const fn batch<H: HandleBatch>(self, handler: H) -> Batch<H> {
        Batch { consumers: self, batched: Batched { handler, readers: Vec::new() } }
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
        self.types.iter().map(|(event_type, _)| *event_type).collect()
    }

    /// Hands envelopes to their handlers without inbox rows: for the refill of a copy, whose projections are idempotent by
    /// `aggregate_version`. Answers for how many there is a handler.
    ///
    /// # Errors
    /// The handler's, or [`HandlerError::Reject`] if an envelope can't be read.
    pub async fn apply(&self, tx: &mut Tx, envelopes: &[Envelope]) -> Result<usize, HandlerError> {
        let span = Span::current();
        let mut arriving: Vec<Arriving<'_>> = envelopes.iter().map(|envelope| (envelope, &span)).collect();
        arriving.sort_by(|(a, _), (b, _)| a.aggregate_id.cmp(&b.aggregate_id));
        let mut handled = 0;
        for share in self.shares(&arriving) {
            share.handler.handle(tx, &share.events).await?;
            handled += share.events.len();
        }
        Ok(handled)
    }

    /// Events by their handlers, in their order. What has no handler is not among them.
    pub(crate) fn shares<'a>(&'a self, events: &[Arriving<'a>]) -> impl Iterator<Item = Share<'a>> + use<'a> {
        let mut of_handlers: Vec<Vec<Arriving<'a>>> = self.handlers.iter().map(|_| Vec::new()).collect();
        for &(envelope, span) in events {
            if let Some((_, at)) = self.find(&envelope.r#type) {
                of_handlers[at].push((envelope, span));
            }
        }
        let shares = self.handlers.iter().zip(of_handlers).filter(|(_, events)| !events.is_empty());
        shares.map(|(handler, events)| Share { handler: &**handler, events })
    }

    /// The service whose handlers these are.
    #[must_use]
    pub const fn service(&self) -> &'static str {
        self.service
    }

    /// An event type as a constant, and which handler takes it.
    pub(crate) fn find(&self, event_type: &str) -> Option<(&'static str, usize)> {
        self.types.iter().find(|(known, _)| *known == event_type).copied()
    }

    /// The next handler takes this type.
    fn take(&mut self, event_type: &'static str) {
        assert!(self.find(event_type).is_none(), "{event_type} has two handlers in {}", self.service);
        self.types.push((event_type, self.handlers.len()));
    }
}

/// A handler of batches that is being added: `consumers.batch(handler).on::<RequestSent>().end()`.
pub struct Batch<H: HandleBatch> {
    consumers: Consumers,
    batched: Batched<H>,
}

impl<H: HandleBatch> Batch<H> {
    /// Has it take one event type more.
    ///
    /// # Panics
    /// If the type has a handler already.
    #[must_use]
    pub fn on<E: Event>(mut self) -> Self
    where
        H: Read<E>,
    {
        self.consumers.take(E::TYPE);
        self.batched.readers.push((E::TYPE, reader::<E, H>()));
        self
    }

    /// All its types are said.
    #[must_use]
    pub fn end(self) -> Consumers {
        let Self { mut consumers, batched } = self;
        consumers.handlers.push(Arc::new(batched));
        consumers
    }
}

/// `<service>.events`: a service has one queue, so that batches mix types and a province needs few queues.
pub(crate) fn queue_name(service: &str) -> String {
    format!("{service}.events")
}
