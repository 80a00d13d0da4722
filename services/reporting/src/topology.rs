//! Who feeds this service.

use eventing::{Call, Topology, joined};
use proto::{
    Event as _,
    configuration::v1::{AgencyChanged, DestinationChanged, ProgramChanged, ServiceChanged, SiteChanged},
};

use crate::projections::EVENTS_OF_REQUESTS;

/// What has a name in reports.
const NAMED: &[&str] =
    &[AgencyChanged::TYPE, SiteChanged::TYPE, ServiceChanged::TYPE, DestinationChanged::TYPE, ProgramChanged::TYPE];

const CONSUMES: &[&str] = &joined::<{ NAMED.len() + EVENTS_OF_REQUESTS.len() }>(&[NAMED, EVENTS_OF_REQUESTS]);

/// It publishes nothing, and calls nobody while a person waits.
pub static TOPOLOGY: Topology = Topology {
    service: "reporting",
    publishes: &[],
    consumes: CONSUMES,
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
