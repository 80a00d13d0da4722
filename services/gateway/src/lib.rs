//! The only way in: REST/JSON, gRPC and gRPC-Web on one address, to the services behind it.
//!
//! Everything that it serves follows from the contracts: routes from `google.api.http`, the document from the
//! messages, the service behind a method from its package. Adding an RPC never touches this crate.
//!
//! The transcoding is `structured-proxy`'s, which is young: it is pinned, stays behind this crate, and `tests/it` holds what
//! clients rely on. Ours is the [`routing`]: which service a call goes to, which calls never come in, whose tokens hold;
//! [`admission`], what is no call of a method; [`refusals`], how whatever is turned away here is told; and the
//! [`openapi`] document. Every service checks token and scope again; the gateway is no one's only lock.
//!
//! Of the proxy, these are known and left as they are: of a field that comes twice in a body the last holds; a call that a
//! service has not begun to answer within five seconds is given up, whatever the service's own deadline; what is
//! turned away before the proxy (a malformed query, a body that is too large) carries no CORS headers, so that a page of another origin
//! learns of it by the failure alone.

mod admission;
mod callers;
mod config;
mod contracts;
mod headers;
mod limits;
mod openapi;
mod refusals;
mod routing;
mod trace;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request},
    http::{Method, StatusCode},
    middleware,
    routing::{any, get},
};
use chassis::{Component, Host, Service, forwarded::TrustedProxies};
use eventing::Topology;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use structured_proxy::{ProxyServer, ProxyService};
use tower::{ServiceExt as _, service_fn};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer};

use crate::callers::{Caller, Callers};

pub use config::Config;

/// The gateway.
pub struct Gateway;

impl Service for Gateway {
    const NAME: &'static str = "gateway";
    const TOPOLOGY: &'static Topology = &TOPOLOGY;
    type Config = Config;

    async fn build(host: &Host, config: Config) -> anyhow::Result<Component> {
        Ok(Component::new().http(router(host, &config, None)?))
    }
}

/// It passes people's calls on to every service, and owns no events.
pub static TOPOLOGY: Topology = Topology {
    service: "gateway",
    publishes: &[],
    consumes: &[],
    calls: &[eventing::Call {
        rpc: "tandem.identity.v1.SessionService/GetJwks",
        reason: "the keys that verify access tokens, kept for minutes",
    }],
};

/// The gateway's routes; what none of them takes goes to `fallback`, which is the web front end in the all-in-one.
///
/// # Errors
/// If two methods claim one route, or a limit is malformed.
pub fn router(host: &Host, config: &Config, fallback: Option<Router>) -> anyhow::Result<Router> {
    let pages = fallback.unwrap_or_else(|| Router::new().fallback(any(StatusCode::NOT_FOUND)));
    let pages = pages.layer(middleware::from_fn(callers::show));
    let (updates, others) = contracts::updates_and_others();
    let of_front_ends = proxy(host, others.clone(), None)?;
    let updates = proxy(host, updates, Some(config))?.with_fallback(Router::new());
    let others = proxy(host, others, Some(config))?.with_fallback(pages);
    let by_verb = service_fn(move |mut request: Request| {
        let (updates, others, of_front_ends) = (updates.clone(), others.clone(), of_front_ends.clone());
        let caller = request.extensions().get::<Caller>().copied();
        if let Some(caller) = caller {
            caller.count(&mut request);
        }
        async move {
            if caller.is_some_and(|caller| caller.is_front_end && caller.address.is_none()) {
                of_front_ends.oneshot(request).await
            } else if request.method() == Method::PATCH {
                updates.oneshot(request).await
            } else {
                others.oneshot(request).await
            }
        }
    });
    let proxies = TrustedProxies::parse(&config.trusted_proxies).map_err(anyhow::Error::msg)?;
    let callers = Callers { proxies, tokens: host.tokens.clone() };
    let document = openapi::document();
    Ok(Router::new()
        .route("/openapi.json", get(async move || Json(document)))
        .fallback_service(by_verb)
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(config.max_body_bytes))
        .layer(middleware::from_fn(admission::check))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(refusals::explain))
        .layer(middleware::from_fn(headers::protect))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(trace::trace))
        .layer(middleware::from_fn_with_state(callers, callers::identify)))
}

/// A proxy for some of the methods. Updates have one of their own: their path names a field inside the resource
/// (`{agency.id}`) where reading names its own (`{agency_id}`), and the router under the proxy takes one name per place.
/// What our own front ends call over gRPC is not counted by address, since everybody who reads their pages shares it, unless they
/// tell whom the call is for.
fn proxy(host: &Host, methods: Vec<String>, public: Option<&Config>) -> anyhow::Result<ProxyService<routing::Routing>> {
    let proxy = ProxyServer::new()
        .with_descriptors(proto::descriptors().clone())
        .with_transcoded_rpcs(methods)
        .with_grpc_web_translation(true);
    match public {
        Some(config) => proxy
            .with_cors(section(&json!({ "origins": origins(config) }))?)
            .with_rate_limits(limits::shield(config)?)
            .service(routing::Routing::new(host)),
        None => proxy.with_cors(section(&json!({ "origins": [NO_ORIGIN] }))?).service(routing::Routing::new(host)),
    }
}

/// An origin that cannot exist. The proxy takes an empty list as "everyone"; ours means "no one".
const NO_ORIGIN: &str = "https://no-origin.invalid";

/// The origins that may call.
fn origins(config: &Config) -> Vec<String> {
    if config.cors_origins.is_empty() { vec![NO_ORIGIN.into()] } else { config.cors_origins.clone() }
}

/// A section of the proxy's settings, which it takes as YAML, of which JSON is a part.
fn section<T: DeserializeOwned>(settings: &Value) -> anyhow::Result<T> {
    structured_proxy::config::from_yaml(&settings.to_string()).map_err(|e| anyhow::anyhow!("{settings}: {e}"))
}
