use chassis::{Tx, UseCase as _};
use eventing::{Consumers, Handle, HandlerError, Received};
use proto::placement::v1 as placement;

use super::{
    app::{QueueAboutClosure, QueueAboutRequest},
    trace,
};
use crate::{
    context::Context,
    messages::{self, RequestEvent},
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

/// Adds the handlers.
pub(crate) fn consume(consumers: Consumers, cx: &Context) -> Consumers {
    let queue = || Queue(cx.clone());
    consumers
        .on::<placement::RequestSent>(queue())
        .on::<placement::RequestRedirected>(queue())
        .on::<placement::RequestAcceptedByDestination>(queue())
        .on::<placement::RequestDeclinedByDestination>(queue())
        .on::<placement::RequestAccepted>(queue())
        .on::<placement::RequestDeclined>(queue())
        .on::<placement::RequestConfirmed>(queue())
        .on::<placement::RequestCancelled>(queue())
        .on::<placement::RequestReactivated>(queue())
        .on::<placement::RequestPostponed>(queue())
        .on::<placement::RequestDatesChanged>(queue())
        .on::<placement::RequestDestinationChanged>(queue())
        .on::<placement::RequestsAffectedByClosure>(QueueClosure(cx.clone()))
}
