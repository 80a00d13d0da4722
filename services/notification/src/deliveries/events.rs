use chassis::{Tx, UseCase as _};
use eventing::{Consumers, Handle, HandlerError, Received};
use proto::placement::v1 as placement;

use super::{
    app::{QueueAboutClosure, QueueAboutRequest},
    trace,
};
use crate::{
    context::Context,
    messages::{self, EachRequestEvent, RequestEvent},
};

/// Takes every event that triggers a message.
#[derive(Clone)]
struct Queue(Context);

impl<E: RequestEvent> Handle<E> for Queue {
    async fn handle(&self, tx: &mut Tx, received: Received<E>) -> Result<(), HandlerError> {
        let queue = QueueAboutRequest {
            event: received.id,
            version: received.aggregate_version,
            trigger: E::TRIGGER,
            facts: messages::facts(&received.event).map_err(HandlerError::reject)?,
            trace: trace::current(),
        };
        queue.run(tx, &self.0).await.map_err(HandlerError::retry)
    }
}

struct QueueClosure(Context);

impl Handle<placement::RequestsAffectedByClosure> for QueueClosure {
    async fn handle(
        &self,
        tx: &mut Tx,
        received: Received<placement::RequestsAffectedByClosure>,
    ) -> Result<(), HandlerError> {
        let (coordinator, affected) = messages::affected_requests(&received.event).map_err(HandlerError::reject)?;
        let queue = QueueAboutClosure { event: received.id, coordinator, affected, trace: trace::current() };
        queue.run(tx, &self.0).await.map_err(HandlerError::retry)
    }
}

/// The handlers that there are, and what the next one is made with.
struct Added<'a>(Consumers, &'a Context);

impl EachRequestEvent for Added<'_> {
    fn take<E: RequestEvent>(self) -> Self {
        let Self(consumers, cx) = self;
        Self(consumers.on::<E>(Queue(cx.clone())), cx)
    }
}

/// Adds the handlers.
pub(crate) fn consume(consumers: Consumers, cx: &Context) -> Consumers {
    let Added(consumers, cx) = messages::each_request_event(Added(consumers, cx));
    consumers.on::<placement::RequestsAffectedByClosure>(QueueClosure(cx.clone()))
}
