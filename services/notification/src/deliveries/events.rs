use chassis::{Tx, UseCase as _};
use eventing::{Batch, Consumers, Handle, HandleBatch, HandlerError, Read, Received};
use proto::placement::v1 as placement;

use super::{
    app::{QueueAboutClosure, QueueAboutRequests, RequestChange},
    trace,
};
use crate::{
    context::Context,
    messages::{self, EachRequestEvent, RequestEvent},
};

/// Takes every event that triggers a message.
struct Queue(Context);

impl HandleBatch for Queue {
    type Item = RequestChange;

    async fn handle(&self, tx: &mut Tx, changes: Vec<RequestChange>) -> Result<(), HandlerError> {
        QueueAboutRequests(changes).run(tx, &self.0).await.map_err(HandlerError::retry)
    }
}

impl<E: RequestEvent> Read<E> for Queue {
    fn read(&self, received: Received<E>) -> Result<RequestChange, HandlerError> {
        Ok(RequestChange {
            event: received.id,
            version: received.aggregate_version,
            trigger: E::TRIGGER,
            facts: messages::facts(&received.event).map_err(HandlerError::reject)?,
            trace: trace::current(),
        })
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

impl EachRequestEvent for Batch<Queue> {
    fn take<E: RequestEvent>(self) -> Self {
        self.on::<E>()
    }
}

/// Adds the handlers.
pub(crate) fn consume(consumers: Consumers, cx: &Context) -> Consumers {
    let consumers = messages::each_request_event(consumers.batch(Queue(cx.clone()))).end();
    consumers.on::<placement::RequestsAffectedByClosure>(QueueClosure(cx.clone()))
}
