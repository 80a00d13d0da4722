//! What comes in.
//!
//! One file per event of configuration. The events of a request carry the same facts and have the same effect, so
//! they share one handler.

mod agency_changed;
mod destination_changed;
mod program_changed;
mod request;
mod service_changed;
mod site_changed;

use eventing::Consumers;
use proto::{
    configuration::v1::{AgencyChanged, DestinationChanged, ProgramChanged, ServiceChanged, SiteChanged},
    placement::v1 as placement,
};
use request::OnRequest;

/// All handlers.
#[must_use]
pub fn consumers() -> Consumers {
    Consumers::of("reporting")
        .on::<AgencyChanged>(agency_changed::OnAgencyChanged)
        .on::<SiteChanged>(site_changed::OnSiteChanged)
        .on::<ServiceChanged>(service_changed::OnServiceChanged)
        .on::<DestinationChanged>(destination_changed::OnDestinationChanged)
        .on::<ProgramChanged>(program_changed::OnProgramChanged)
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
