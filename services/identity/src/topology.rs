//! Identity's events in and out.

use eventing::Topology;
use proto::{
    Event as _,
    configuration::v1::{AgencyChanged, DestinationChanged, ProgramChanged, ServiceChanged, SiteChanged},
    identity::v1::PersonChanged,
};

/// Identity's events in and out. It calls nobody while a person waits.
pub const TOPOLOGY: Topology = Topology {
    service: "identity",
    publishes: &[PersonChanged::TYPE],
    consumes: &[
        AgencyChanged::TYPE,
        SiteChanged::TYPE,
        ServiceChanged::TYPE,
        DestinationChanged::TYPE,
        ProgramChanged::TYPE,
    ],
    calls: &[],
};
