//! Calls to the gateway, with the token of whoever is signed in, in the language of the page.

use std::sync::Arc;

use axum::http::HeaderValue;
use chassis::Host;
use kernel::Locale;
use proto::{
    configuration::v1::{
        agency_service_client::AgencyServiceClient, closure_service_client::ClosureServiceClient,
        contact_service_client::ContactServiceClient, course_service_client::CourseServiceClient,
        destination_service_client::DestinationServiceClient,
        placement_type_service_client::PlacementTypeServiceClient,
        profile_history_service_client::ProfileHistoryServiceClient, program_service_client::ProgramServiceClient,
        reason_service_client::ReasonServiceClient, service_service_client::ServiceServiceClient,
        site_service_client::SiteServiceClient, term_service_client::TermServiceClient,
    },
    identity::v1::{
        GetMeRequest, Me, person_service_client::PersonServiceClient, session_service_client::SessionServiceClient,
    },
    notification::v1::{
        answer_link_service_client::AnswerLinkServiceClient, delivery_service_client::DeliveryServiceClient,
    },
    placement::v1::placement_request_service_client::PlacementRequestServiceClient,
    reporting::v1::report_service_client::ReportServiceClient,
};
use tonic::{Status, service::interceptor::InterceptedService, transport::Endpoint};

use super::{
    caller::{Caller, Client},
    channel::Channel,
};

/// The gateway, as somebody.
#[derive(Clone)]
pub(crate) struct Api {
    gateway: Channel,
    caller: Caller,
}

type AuthenticatedChannel = InterceptedService<Channel, Caller>;

/// One method for each service of the contracts: `api.requests().get_request(message)`.
macro_rules! clients {
    ($($name:ident: $client:ident),* $(,)?) => {
        impl Api {$(
            pub(crate) fn $name(&self) -> $client<AuthenticatedChannel> {
                $client::with_interceptor(self.gateway.clone(), self.caller.clone())
            }
        )*}
    };
}

clients! {
    sessions: SessionServiceClient,
    people: PersonServiceClient,
    requests: PlacementRequestServiceClient,
    agencies: AgencyServiceClient,
    sites: SiteServiceClient,
    services: ServiceServiceClient,
    destinations: DestinationServiceClient,
    closures: ClosureServiceClient,
    contacts: ContactServiceClient,
    profile_histories: ProfileHistoryServiceClient,
    programs: ProgramServiceClient,
    courses: CourseServiceClient,
    terms: TermServiceClient,
    placement_types: PlacementTypeServiceClient,
    reasons: ReasonServiceClient,
    answer_links: AnswerLinkServiceClient,
    deliveries: DeliveryServiceClient,
    reports: ReportServiceClient,
}

impl Api {
    /// The gateway at an address, as nobody. Nothing is connected yet.
    pub(crate) fn at(gateway: &str, host: &Host) -> anyhow::Result<Self> {
        let endpoint = Endpoint::from_shared(gateway.to_owned())?;
        let caller = Caller { tokens: Some(host.tokens.clone()), ..Caller::default() };
        Ok(Self { gateway: host.peers.link(endpoint).into(), caller })
    }

    /// The same as the owner of a token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        let authorization = HeaderValue::try_from(format!("Bearer {token}")).ok().map(|mut value| {
            value.set_sensitive(true);
            value
        });
        Self { gateway: self.gateway.clone(), caller: Caller { authorization, ..self.caller.clone() } }
    }

    /// The same in a language.
    pub(crate) fn in_language(&self, locale: Locale) -> Self {
        Self { gateway: self.gateway.clone(), caller: Caller { locale: Some(locale), ..self.caller.clone() } }
    }

    /// The same for calls that try a secret, which the gateway counts by the browser's address.
    pub(crate) fn for_client(&self, client: &Client) -> Self {
        Self {
            gateway: self.gateway.clone(),
            caller: Caller { client: Some(Arc::new(client.clone())), ..self.caller.clone() },
        }
    }

    /// The same over a connection of another one.
    pub(crate) fn over(&self, connection: &Self) -> Self {
        Self { gateway: connection.gateway.clone(), caller: self.caller.clone() }
    }

    /// Who the token belongs to, and in which role.
    pub(crate) async fn me(&self) -> Result<Me, Status> {
        let answer = self.sessions().get_me(GetMeRequest {}).await?.into_inner();
        answer.me.ok_or_else(|| Status::internal("an answer without its subject"))
    }
}
