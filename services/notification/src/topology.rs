//! Who feeds this service, and whom it calls.

use eventing::{Call, Topology, joined};
use proto::{Event as _, configuration::v1 as configuration, identity::v1 as identity, placement::v1 as placement};

use crate::messages::EVENTS_OF_REQUESTS;

/// What is not about one request.
const OTHERS: &[&str] = &[
    identity::PersonChanged::TYPE,
    configuration::AgencyChanged::TYPE,
    configuration::SiteChanged::TYPE,
    configuration::ServiceChanged::TYPE,
    configuration::DestinationChanged::TYPE,
    configuration::ClosureChanged::TYPE,
    configuration::ProgramChanged::TYPE,
    configuration::ReasonChanged::TYPE,
    configuration::PlacementTypeChanged::TYPE,
    placement::RequestsAffectedByClosure::TYPE,
];

const CONSUMES: &[&str] = &joined::<{ OTHERS.len() + EVENTS_OF_REQUESTS.len() }>(&[OTHERS, EVENTS_OF_REQUESTS]);

/// It publishes nothing: its log is asked for, not told.
pub static TOPOLOGY: Topology = Topology {
    service: "notification",
    publishes: &[],
    consumes: CONSUMES,
    calls: &[
        Call {
            rpc: "tandem.identity.v1.SessionService/GetJwks",
            reason: "the keys that verify access tokens, kept for minutes",
        },
        Call {
            rpc: "tandem.identity.v1.ExportService/Export",
            reason: "fills names and addresses at the first start; from then on they follow the events",
        },
        Call {
            rpc: "tandem.configuration.v1.ExportService/Export",
            reason: "fills places and reasons at the first start; from then on they follow the events",
        },
        Call {
            rpc: "tandem.placement.v1.InternalPlacementService/DescribeForLink",
            reason: "a person without account reads the request by a mailed link and must see it as it is now, words included",
        },
        Call {
            rpc: "tandem.placement.v1.InternalPlacementService/AnswerByLink",
            reason: "a person without account waits to learn whether the answer counts; nobody could tell them later",
        },
    ],
};
