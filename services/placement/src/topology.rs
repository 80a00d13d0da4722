//! The events in and out, and the calls.

use eventing::{Call, Topology, joined};
use proto::{
    Event as _,
    configuration::v1::{
        AgencyChanged, ClosureChanged, CourseChanged, DestinationChanged, PlacementTypeChanged, ProgramChanged,
        ReasonChanged, ServiceChanged, SiteChanged, TermChanged,
    },
    identity::v1::PersonChanged,
    placement::v1::RequestsAffectedByClosure,
};

use crate::requests::PUBLISHED;

/// The events of requests, and the one that closures lead to.
const PUBLISHES: &[&str] = &joined::<{ PUBLISHED.len() + 1 }>(&[PUBLISHED, &[RequestsAffectedByClosure::TYPE]]);

/// Placement's.
pub static TOPOLOGY: Topology = Topology {
    service: "placement",
    publishes: PUBLISHES,
    consumes: &[
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
        PersonChanged::TYPE,
    ],
    calls: &[
        Call {
            rpc: "tandem.configuration.v1.ExportService/Export",
            reason: "fills the copies of places, programs and codes once, at the first start",
        },
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
