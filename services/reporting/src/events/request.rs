//! `placement.v1.request_*`: the facts after each event are projected.

use chassis::db::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::{
    Event,
    placement::v1::{
        RequestAccepted, RequestAcceptedByDestination, RequestCancelled, RequestCommented, RequestConfirmed,
        RequestDatesChanged, RequestDeclined, RequestDeclinedByDestination, RequestDeleted, RequestDestinationChanged,
        RequestDrafted, RequestFacts, RequestHeld, RequestPostponed, RequestReactivated, RequestRedirected,
        RequestSent, RequestSentOffline, RequestUpdated,
    },
};

use crate::{app, wire};

/// Projects the facts, whichever event brings them.
#[derive(Clone, Copy)]
pub struct OnRequest;

/// An event that carries the facts of a request.
pub trait CarriesFacts: Event {
    /// The request after the event.
    fn facts(self) -> Option<RequestFacts>;
}

impl<E: CarriesFacts> Handle<E> for OnRequest {
    async fn handle(&self, tx: &mut Tx, received: Received<E>) -> Result<(), HandlerError> {
        let (version, time) = (received.aggregate_version, received.occurred_at);
        let fact = wire::request_fact::parse(version, time, received.event.facts()).map_err(HandlerError::reject)?;
        Ok(app::project_request::run(tx, &fact).await?)
    }
}

macro_rules! carries_facts {
    ($($event:ident),* $(,)?) => {$(
        impl CarriesFacts for $event {
            fn facts(self) -> Option<RequestFacts> {
                self.request
            }
        }
    )*};
}

carries_facts! {
    RequestDrafted, RequestUpdated, RequestDeleted, RequestHeld, RequestSent, RequestSentOffline, RequestRedirected,
    RequestAcceptedByDestination, RequestDeclinedByDestination, RequestAccepted, RequestDeclined, RequestConfirmed,
    RequestCancelled, RequestReactivated, RequestPostponed, RequestDatesChanged, RequestDestinationChanged,
    RequestCommented,
}
