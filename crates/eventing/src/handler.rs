//! What a service writes to consume an event.

use std::{future::Future, marker::PhantomData};

use futures::future::BoxFuture;
use jiff::Timestamp;
use kernel::EventId;
use proto::{Event, event::v1::Envelope};

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

/// A handler whose event type is known only by name.
pub(crate) trait ErasedHandler: Send + Sync + 'static {
    fn handle<'a>(&'a self, tx: &'a mut Tx, envelope: &'a Envelope) -> BoxFuture<'a, Result<(), HandlerError>>;
}

pub(crate) struct Typed<E, H>(pub(crate) H, pub(crate) PhantomData<fn() -> E>);

impl<E: Event, H: Handle<E>> ErasedHandler for Typed<E, H> {
    fn handle<'a>(&'a self, tx: &'a mut Tx, envelope: &'a Envelope) -> BoxFuture<'a, Result<(), HandlerError>> {
        Box::pin(async move { self.0.handle(tx, Received::open(envelope)?).await })
    }
}
