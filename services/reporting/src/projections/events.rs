//! What comes in. All events of a request carry the same facts and have the same effect, so they share one handler, which takes
//! them together; what the directory keeps has its own.

use chassis::db::Tx;
use directory::{Directory, KeepDirectory as _, model::Aggregate};
use eventing::{Batch, Consumers, HandleBatch, HandlerError, Read, Received};
use proto::{Event, placement::v1 as placement};

use super::{app, domain::request::RequestFact, wire};

/// What has a name in reports.
const NAMED: [Aggregate; 5] =
    [Aggregate::Agency, Aggregate::Site, Aggregate::Service, Aggregate::Destination, Aggregate::Program];

/// All handlers.
#[must_use]
pub fn consumers(directory: &Directory) -> Consumers {
    on_requests(Consumers::of("reporting").keep_directory(directory, &NAMED).batch(OnRequests)).end()
}

/// Projects the facts of requests, whichever events bring them.
struct OnRequests;

impl HandleBatch for OnRequests {
    type Item = RequestFact;

    async fn handle(&self, tx: &mut Tx, facts: Vec<RequestFact>) -> Result<(), HandlerError> {
        app::project_requests(tx, &facts).await.map_err(HandlerError::retry)
    }
}

/// An event that carries the facts of a request.
trait CarriesFacts: Event {
    /// The request after the event.
    fn facts(self) -> Option<placement::RequestFacts>;
}

impl<E: CarriesFacts> Read<E> for OnRequests {
    fn read(&self, received: Received<E>) -> Result<RequestFact, HandlerError> {
        let (version, time) = (received.aggregate_version, received.occurred_at);
        wire::request_fact(version, time, received.event.facts()).map_err(HandlerError::reject)
    }
}

macro_rules! events_of_requests {
    ($($event:ident),* $(,)?) => {
        $(
            impl CarriesFacts for placement::$event {
                fn facts(self) -> Option<placement::RequestFacts> {
                    self.request
                }
            }
        )*

        /// Their types.
        pub const EVENTS_OF_REQUESTS: &[&str] = &[$(<placement::$event as Event>::TYPE),*];

        /// Has the handler take each.
        fn on_requests(batch: Batch<OnRequests>) -> Batch<OnRequests> {
            batch$(.on::<placement::$event>())*
        }
    };
}

events_of_requests! {
    RequestDrafted, RequestUpdated, RequestDeleted, RequestHeld, RequestSent, RequestSentOffline, RequestRedirected,
    RequestAcceptedByDestination, RequestDeclinedByDestination, RequestAccepted, RequestDeclined, RequestConfirmed,
    RequestCancelled, RequestReactivated, RequestPostponed, RequestDatesChanged, RequestDestinationChanged,
    RequestCommented,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use directory::Directory;
    use sqlx::PgPool;

    fn handled() -> BTreeSet<&'static str> {
        let nowhere = PgPool::connect_lazy("postgres://nobody@127.0.0.1:1/none").expect("an address");
        super::consumers(&Directory::new(nowhere)).types().into_iter().collect()
    }

    #[tokio::test]
    async fn what_the_topology_promises_has_a_handler() {
        let promised: BTreeSet<_> = crate::topology::TOPOLOGY.consumes.iter().copied().collect();
        assert_eq!(handled(), promised);
    }

    #[tokio::test]
    async fn every_event_of_a_request_is_consumed() {
        let consumed = handled();
        let file = proto::descriptors()
            .files()
            .find(|f| f.name().ends_with("placement/v1/placement_events.proto"))
            .expect("placement has events");
        // The others carry no request.
        let published = file.messages().filter(|message| message.get_field_by_name("request").is_some()).count();
        assert_eq!(consumed.iter().filter(|t| t.starts_with("placement.")).count(), published);
    }
}
