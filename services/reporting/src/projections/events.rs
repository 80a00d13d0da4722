//! What comes in. All events of a request carry the same facts and have the same effect, and so have those that name something:
//! each kind has one handler.

use chassis::db::Tx;
use eventing::{Consumers, Handle, HandlerError, Received};
use kernel::Invalid;
use proto::{
    Event,
    configuration::v1::{AgencyChanged, DestinationChanged, ProgramChanged, ServiceChanged, SiteChanged},
    placement::v1 as placement,
};

use super::{app, domain::name::Name, wire};

/// All handlers.
#[must_use]
pub fn consumers() -> Consumers {
    Consumers::of("reporting")
        .on::<AgencyChanged>(OnName)
        .on::<SiteChanged>(OnName)
        .on::<ServiceChanged>(OnName)
        .on::<DestinationChanged>(OnName)
        .on::<ProgramChanged>(OnName)
        .on::<placement::RequestDrafted>(OnRequest)
        .on::<placement::RequestUpdated>(OnRequest)
        .on::<placement::RequestDeleted>(OnRequest)
        .on::<placement::RequestHeld>(OnRequest)
        .on::<placement::RequestSent>(OnRequest)
        .on::<placement::RequestSentOffline>(OnRequest)
        .on::<placement::RequestRedirected>(OnRequest)
        .on::<placement::RequestAcceptedByDestination>(OnRequest)
        .on::<placement::RequestDeclinedByDestination>(OnRequest)
        .on::<placement::RequestAccepted>(OnRequest)
        .on::<placement::RequestDeclined>(OnRequest)
        .on::<placement::RequestConfirmed>(OnRequest)
        .on::<placement::RequestCancelled>(OnRequest)
        .on::<placement::RequestReactivated>(OnRequest)
        .on::<placement::RequestPostponed>(OnRequest)
        .on::<placement::RequestDatesChanged>(OnRequest)
        .on::<placement::RequestDestinationChanged>(OnRequest)
        .on::<placement::RequestCommented>(OnRequest)
}

/// Projects the facts of a request, whichever event brings them.
#[derive(Clone, Copy)]
struct OnRequest;

/// An event that carries the facts of a request.
trait CarriesFacts: Event {
    /// The request after the event.
    fn facts(self) -> Option<placement::RequestFacts>;
}

impl<E: CarriesFacts> Handle<E> for OnRequest {
    async fn handle(&self, tx: &mut Tx, received: Received<E>) -> Result<(), HandlerError> {
        let (version, time) = (received.aggregate_version, received.occurred_at);
        let fact = wire::request_fact(version, time, received.event.facts()).map_err(HandlerError::reject)?;
        Ok(app::project_request(tx, &fact).await?)
    }
}

macro_rules! carries_facts {
    ($($event:ident),* $(,)?) => {$(
        impl CarriesFacts for placement::$event {
            fn facts(self) -> Option<placement::RequestFacts> {
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

/// Keeps the name of whatever was changed.
#[derive(Clone, Copy)]
struct OnName;

/// An event that names something.
trait Names: Event {
    /// The name after the event.
    fn name(self) -> Result<Name, Invalid>;
}

impl<E: Names> Handle<E> for OnName {
    async fn handle(&self, tx: &mut Tx, received: Received<E>) -> Result<(), HandlerError> {
        let name = received.event.name().map_err(HandlerError::reject)?;
        Ok(app::keep_name(tx, received.aggregate_version, &name).await?)
    }
}

macro_rules! names {
    ($($event:ident by $field:ident),* $(,)?) => {$(
        impl Names for $event {
            fn name(self) -> Result<Name, Invalid> {
                wire::$field(self.$field)
            }
        }
    )*};
}

names! {
    AgencyChanged by agency,
    SiteChanged by site,
    ServiceChanged by service,
    DestinationChanged by destination,
    ProgramChanged by program,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn what_the_topology_promises_has_a_handler() {
        let handled: BTreeSet<_> = super::consumers().types().into_iter().collect();
        let promised: BTreeSet<_> = crate::topology::TOPOLOGY.consumes.iter().copied().collect();
        assert_eq!(handled, promised);
    }

    #[test]
    fn every_event_of_a_request_is_consumed() {
        let consumed: BTreeSet<_> = super::consumers().types().into_iter().collect();
        let file = proto::descriptors()
            .files()
            .find(|f| f.name().ends_with("placement/v1/placement_events.proto"))
            .expect("placement has events");
        // The others carry no request.
        let published = file.messages().filter(|message| message.get_field_by_name("request").is_some()).count();
        assert_eq!(consumed.iter().filter(|t| t.starts_with("placement.")).count(), published);
    }
}
