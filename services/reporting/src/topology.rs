//! Who feeds this service.

use eventing::{Call, Topology};
use proto::{
    Event as _,
    configuration::v1::{AgencyChanged, DestinationChanged, ProgramChanged, ServiceChanged, SiteChanged},
    placement::v1 as placement,
};

/// It publishes nothing, and calls nobody while a person waits.
pub static TOPOLOGY: Topology = Topology {
    service: "reporting",
    publishes: &[],
    consumes: &[
        AgencyChanged::TYPE,
        SiteChanged::TYPE,
        ServiceChanged::TYPE,
        DestinationChanged::TYPE,
        ProgramChanged::TYPE,
        placement::RequestDrafted::TYPE,
        placement::RequestUpdated::TYPE,
        placement::RequestDeleted::TYPE,
        placement::RequestHeld::TYPE,
        placement::RequestSent::TYPE,
        placement::RequestSentOffline::TYPE,
        placement::RequestRedirected::TYPE,
        placement::RequestAcceptedByDestination::TYPE,
        placement::RequestDeclinedByDestination::TYPE,
        placement::RequestAccepted::TYPE,
        placement::RequestDeclined::TYPE,
        placement::RequestConfirmed::TYPE,
        placement::RequestCancelled::TYPE,
        placement::RequestReactivated::TYPE,
        placement::RequestPostponed::TYPE,
        placement::RequestDatesChanged::TYPE,
        placement::RequestDestinationChanged::TYPE,
        placement::RequestCommented::TYPE,
    ],
    calls: &[
        Call {
            rpc: "tandem.configuration.v1.ExportService/Export",
            reason: "fills the names at the first start; from then on they follow the events",
        },
        Call {
            rpc: "tandem.identity.v1.SessionService/GetJwks",
            reason: "the keys that verify access tokens, kept for minutes",
        },
    ],
};
