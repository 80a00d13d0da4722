//! What a service writes to consume an event.

use std::{future::Future, marker::PhantomData};

use futures::future::BoxFuture;
use jiff::Timestamp;
use kernel::EventId;
use proto::{Event, event::v1::Envelope};
use tracing::{Instrument as _, Span};

use crate::{
    Tx,
    envelope::{Unreadable, event_id, occurred_at},
};

/// An event that has arrived, with its envelope's metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct Received<E> {
    /// The event's id.
    pub id: EventId,
    /// UUID or code of the aggregate.
    pub aggregate_id: String,
    /// The aggregate's version after the change; drop what is older than what you have.
    pub aggregate_version: i64,
    /// When it happened, by the publisher's clock.
    pub occurred_at: Timestamp,
    /// The province whose deployment published it.
    pub province: String,
    /// The event.
    pub event: E,
}

impl<E: Event> Received<E> {
    pub(crate) fn open(envelope: &Envelope) -> Result<Self, Unreadable> {
        Ok(Self {
            id: event_id(envelope)?,
            aggregate_id: envelope.aggregate_id.clone(),
            aggregate_version: envelope.aggregate_version,
            occurred_at: occurred_at(envelope)?,
            province: envelope.province.clone(),
            event: E::decode(envelope.payload.as_slice()).map_err(|cause| Unreadable::Payload(E::TYPE, cause))?,
        })
    }
}

/// Why a handler did not take an event. Its transaction is rolled back in both cases.
#[derive(Debug, thiserror::Error)]
pub enum HandlerError {
    /// May go better later: tried again after a delay, a limited number of times, then a dead letter.
    #[error("to be tried again: {0:#}")]
    Retry(#[source] anyhow::Error),
    /// Can't ever go well as it is: a dead letter at once.
    #[error("rejected: {0:#}")]
    Reject(#[source] anyhow::Error),
}

impl HandlerError {
    /// May go better later.
    pub fn retry(cause: impl Into<anyhow::Error>) -> Self {
        Self::Retry(cause.into())
    }

    /// Can't ever go well.
    pub fn reject(cause: impl Into<anyhow::Error>) -> Self {
        Self::Reject(cause.into())
    }
}

impl From<sqlx::Error> for HandlerError {
    fn from(cause: sqlx::Error) -> Self {
        Self::Retry(cause.into())
    }
}

impl From<Unreadable> for HandlerError {
    fn from(cause: Unreadable) -> Self {
        Self::Reject(cause.into())
    }
}

/// Applies one type of event, in the transaction that also marks the event as taken. A panic counts as
/// [`HandlerError::Retry`]; a serialization failure or deadlock is tried again at once.
pub trait Handle<E: Event>: Send + Sync + 'static {
    /// Applies the event to the service's own tables; whatever else it starts may happen twice.
    fn handle(&self, tx: &mut Tx, received: Received<E>) -> impl Future<Output = Result<(), HandlerError>> + Send;
}

/// What wants to know, after each commit of handled events, that a handler may have changed something: what is held in memory of
/// the tables. It is awaited before the event counts as handled, and not told of what a crash made another process commit.
pub trait AfterCommit: Send + Sync + 'static {
    /// Some handler's effect is committed.
    fn committed(&self) -> BoxFuture<'_, ()>;
}

/// Applies events of several types together, set-wise, in the transaction that also marks them as taken. Errors and panics count
/// as those of [`Handle`] do; should one event fail, each is handed over again alone.
pub trait HandleBatch: Send + Sync + 'static {
    /// What each event is read into, by [`Read`].
    type Item: Send;

    /// Applies events to the service's own tables; whatever else it starts may happen twice. Those of one aggregate stand together, in
    /// the order in which they came, and aggregates in the order of their ids, so that batches wait for each other's rows without a
    /// deadlock.
    fn handle(&self, tx: &mut Tx, batch: Vec<Self::Item>) -> impl Future<Output = Result<(), HandlerError>> + Send;
}

/// How a [`HandleBatch`] reads one type of event.
pub trait Read<E: Event>: HandleBatch {
    /// What the event says, in the span that continues its trace.
    ///
    /// # Errors
    /// [`HandlerError::Reject`] where it says nothing that can be applied.
    fn read(&self, received: Received<E>) -> Result<Self::Item, HandlerError>;
}

/// An event on its way to its handler, with the span that continues its trace.
pub(crate) type Arriving<'a> = (&'a Envelope, &'a Span);

/// A handler whose event types are known only by name.
pub(crate) trait ErasedHandler: Send + Sync + 'static {
    /// Applies events, each aggregate's in their order.
    fn handle<'a>(&'a self, tx: &'a mut Tx, events: &'a [Arriving<'a>]) -> BoxFuture<'a, Result<(), HandlerError>>;
}

pub(crate) struct Single<E, H>(pub(crate) H, pub(crate) PhantomData<fn() -> E>);

impl<E: Event, H: Handle<E>> ErasedHandler for Single<E, H> {
    fn handle<'a>(&'a self, tx: &'a mut Tx, events: &'a [Arriving<'a>]) -> BoxFuture<'a, Result<(), HandlerError>> {
        Box::pin(async move {
            for (envelope, span) in events {
                let received = Received::open(envelope)?;
                self.0.handle(tx, received).instrument((*span).clone()).await?;
            }
            Ok(())
        })
    }
}

/// A handler of batches, and how it reads each of its types.
pub(crate) struct Batched<H: HandleBatch> {
    pub(crate) handler: H,
    pub(crate) readers: Vec<(&'static str, Reader<H>)>,
}

pub(crate) type Reader<H> = fn(&H, &Envelope) -> Result<<H as HandleBatch>::Item, HandlerError>;

/// How `H` reads `E`.
pub(crate) fn reader<E: Event, H: Read<E>>() -> Reader<H> {
    |handler, envelope| handler.read(Received::open(envelope)?)
}

impl<H: HandleBatch> Batched<H> {
    fn read(&self, (envelope, span): &Arriving<'_>) -> Result<H::Item, HandlerError> {
        let reader = self.readers.iter().find(|(event_type, _)| *event_type == envelope.r#type);
        let (_, read) =
            reader.ok_or_else(|| HandlerError::retry(anyhow::anyhow!("{} is not read", envelope.r#type)))?;
        span.in_scope(|| read(&self.handler, envelope))
    }
}

impl<H: HandleBatch> ErasedHandler for Batched<H> {
    fn handle<'a>(&'a self, tx: &'a mut Tx, events: &'a [Arriving<'a>]) -> BoxFuture<'a, Result<(), HandlerError>> {
        Box::pin(async move {
            let batch = events.iter().map(|event| self.read(event)).collect::<Result<Vec<_>, _>>()?;
            self.handler.handle(tx, batch).await
        })
    }
}
