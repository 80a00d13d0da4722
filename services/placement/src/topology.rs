//! The events in and out, and the calls.

use eventing::{Call, Topology};
use proto::{
    Event as _,
    configuration::v1::{
        AgencyChanged, ClosureChanged, CourseChanged, DestinationChanged, PlacementTypeChanged, ProgramChanged,
        ReasonChanged, ServiceChanged, SiteChanged, TermChanged,
    },
    identity::v1::PersonChanged,
    placement::v1::{
        RequestAccepted, RequestAcceptedByDestination, RequestCancelled, RequestCommented, RequestConfirmed,
        RequestDatesChanged, RequestDeclined, RequestDeclinedByDestination, RequestDeleted, RequestDestinationChanged,
        RequestDrafted, RequestHeld, RequestPostponed, RequestReactivated, RequestRedirected, RequestSent,
        RequestSentOffline, RequestUpdated, RequestsAffectedByClosure,
    },
};

/// Placement's.
pub static TOPOLOGY: Topology = Topology {
    service: "placement",
    publishes: &[
        RequestDrafted::TYPE,
        RequestUpdated::TYPE,
        RequestDeleted::TYPE,
        RequestHeld::TYPE,
        RequestSent::TYPE,
        RequestSentOffline::TYPE,
        RequestRedirected::TYPE,
        RequestAcceptedByDestination::TYPE,
        RequestDeclinedByDestination::TYPE,
        RequestAccepted::TYPE,
        RequestDeclined::TYPE,
        RequestConfirmed::TYPE,
        RequestCancelled::TYPE,
        RequestReactivated::TYPE,
        RequestPostponed::TYPE,
        RequestDatesChanged::TYPE,
        RequestDestinationChanged::TYPE,
        RequestCommented::TYPE,
        RequestsAffectedByClosure::TYPE,
    ],
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
