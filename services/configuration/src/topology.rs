//! The events in and out, and the calls.

use eventing::{Call, Topology};
use proto::{
    Event as _,
    configuration::v1::{
        AgencyChanged, ClosureChanged, CourseChanged, DestinationChanged, PlacementTypeChanged, ProgramChanged,
        ReasonChanged, ServiceChanged, SiteChanged, TermChanged,
    },
    identity::v1::PersonChanged,
};

/// Configuration's.
pub static TOPOLOGY: Topology = Topology {
    service: "configuration",
    publishes: &[
        AgencyChanged::TYPE,
        SiteChanged::TYPE,
        ServiceChanged::TYPE,
        DestinationChanged::TYPE,
        ClosureChanged::TYPE,
        ProgramChanged::TYPE,
        CourseChanged::TYPE,
        TermChanged::TYPE,
        PlacementTypeChanged::TYPE,
        ReasonChanged::TYPE,
    ],
    consumes: &[PersonChanged::TYPE],
    calls: &[
        Call {
            rpc: "tandem.identity.v1.ExportService/Export",
            reason: "fills the copy of people once, at the first start",
        },
        Call {
            rpc: "tandem.identity.v1.SessionService/GetJwks",
            reason: "the keys that verify access tokens, kept for minutes",
        },
    ],
};
