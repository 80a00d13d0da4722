//! Calls to the gateway, with the token of whoever is signed in, in the language of the page.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderValue, request::Parts},
};
use chassis::{CLIENT, FRONT_END, Host, ServiceTokens};
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
use tonic::{
    Request, Status,
    metadata::MetadataMap,
    service::{Interceptor, interceptor::InterceptedService},
    transport::Endpoint,
};

use crate::line::Line;

/// How long the gateway may take to be reached.
const CONNECT_PATIENCE: Duration = Duration::from_secs(2);
/// What proxies say of whom they call for.
const FORWARDED: &str = "x-forwarded-for";

/// The gateway, as somebody.
#[derive(Clone)]
pub(crate) struct Api {
    gateway: Line,
    caller: Caller,
}

/// What each call carries.
#[derive(Clone, Default)]
pub(crate) struct Caller {
    authorization: Option<HeaderValue>,
    locale: Option<Locale>,
    tokens: Option<ServiceTokens>,
    client: Option<Arc<Client>>,
}

/// Where a browser is: the address that called us, and what proxies before us said.
#[derive(Clone, Default)]
pub(crate) struct Client {
    peer: Option<HeaderValue>,
    forwarded: Option<HeaderValue>,
}

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
        let peer = peer.and_then(|peer| HeaderValue::try_from(peer).ok());
        Ok(Self { peer, forwarded: parts.headers.get(FORWARDED).cloned() })
    }
}

impl Interceptor for Caller {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        // The transport's own headers are there already, and must stay.
        let mut headers = std::mem::take(request.metadata_mut()).into_headers();
        if let Some(token) = &self.authorization {
            headers.insert("authorization", token.clone());
        }
        if let Some(locale) = self.locale {
            headers.insert("accept-language", HeaderValue::from_static(locale.code()));
        }
        // The gateway counts calls by address, and all who read our pages share ours.
        if let Some(token) = self.tokens.as_ref().and_then(|tokens| HeaderValue::try_from(tokens.issue()).ok()) {
            headers.insert(FRONT_END, token);
        }
        if let Some(client) = &self.client {
            for (name, said) in [(CLIENT, &client.peer), (FORWARDED, &client.forwarded)] {
                if let Some(said) = said {
                    headers.insert(name, said.clone());
                }
            }
        }
        *request.metadata_mut() = MetadataMap::from_headers(headers);
        Ok(request)
    }
}

type Voice = InterceptedService<Line, Caller>;

/// One method for each service of the contracts: `api.requests().get_request(message)`.
macro_rules! clients {
    ($($name:ident: $client:ident),* $(,)?) => {
        impl Api {$(
            pub(crate) fn $name(&self) -> $client<Voice> {
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
    ///
    /// # Errors
    /// If the address is malformed.
    pub(crate) fn at(gateway: &str, host: &Host) -> anyhow::Result<Self> {
        let endpoint = Endpoint::from_shared(gateway.to_owned())?.tcp_nodelay(true).connect_timeout(CONNECT_PATIENCE);
        let caller = Caller { tokens: Some(host.tokens.clone()), ..Caller::default() };
        Ok(Self { gateway: host.peers.link(endpoint).into(), caller })
    }

    /// The same as the owner of a token.
    pub(crate) fn of(&self, token: &str) -> Self {
        let authorization = HeaderValue::try_from(format!("Bearer {token}")).ok().map(|mut value| {
            value.set_sensitive(true);
            value
        });
        Self { gateway: self.gateway.clone(), caller: Caller { authorization, ..self.caller.clone() } }
    }

    /// The same in a language.
    pub(crate) fn speaking(&self, locale: Locale) -> Self {
        Self { gateway: self.gateway.clone(), caller: Caller { locale: Some(locale), ..self.caller.clone() } }
    }

    /// The same for calls that try a secret, which the gateway counts by the browser's address.
    pub(crate) fn counted(&self, client: &Client) -> Self {
        Self {
            gateway: self.gateway.clone(),
            caller: Caller { client: Some(Arc::new(client.clone())), ..self.caller.clone() },
        }
    }

    /// The same over a connection of another one.
    pub(crate) fn over(&self, line: &Self) -> Self {
        Self { gateway: line.gateway.clone(), caller: self.caller.clone() }
    }

    /// Who the token belongs to, and in which role.
    ///
    /// # Errors
    /// The gateway's.
    pub(crate) async fn me(&self) -> Result<Me, Status> {
        let answer = self.sessions().get_me(GetMeRequest {}).await?.into_inner();
        answer.me.ok_or_else(|| Status::internal("an answer without its subject"))
    }
}
