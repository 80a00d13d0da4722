//! The events in and out, and the calls.

use eventing::{Call, Topology};
use proto::{
    Event as _,
    configuration::v1::{AgencyChanged, DestinationChanged, ProgramChanged, ServiceChanged, SiteChanged},
    identity::v1::PersonChanged,
};

/// Identity's. It calls nobody while a person waits.
pub static TOPOLOGY: Topology = Topology {
    service: "identity",
    publishes: &[PersonChanged::TYPE],
    consumes: &[
        AgencyChanged::TYPE,
        SiteChanged::TYPE,
        ServiceChanged::TYPE,
        DestinationChanged::TYPE,
        ProgramChanged::TYPE,
    ],
    calls: &[Call {
        rpc: "tandem.configuration.v1.ExportService/Export",
        reason: "fills the copy of places once, at the first start",
    }],
};
