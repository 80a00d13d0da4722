//! The front end in a browser: pages rendered on the server, which work without JavaScript.
//!
//! It is a client of the gateway like any other and has no back door: it knows no service, no schema and no secret. So far
//! it holds the page behind the link that an agent without account receives by mail; whoever signs in uses the API.

mod config;
mod failure;
mod headers;
mod pages;
mod text;

use axum::{Router, middleware, routing::get};
use chassis::{Component, Host, Service};
use eventing::Topology;
use tonic::transport::{Channel, Endpoint};

pub use config::Config;

/// The front end.
pub struct Web;

impl Service for Web {
    const NAME: &'static str = "web";
    const TOPOLOGY: &'static Topology = &TOPOLOGY;
    type Config = Config;

    async fn build(_: &Host, config: Config) -> anyhow::Result<Component> {
        Ok(Component::new().http(router(&config)?))
    }
}

/// It calls the gateway alone, and owns no events.
pub static TOPOLOGY: Topology = Topology { service: "web", publishes: &[], consumes: &[], calls: &[] };

/// What the pages need.
#[derive(Clone)]
pub(crate) struct Pages {
    gateway: Channel,
}

/// The front end's routes.
///
/// # Errors
/// If the gateway's address is malformed.
pub fn router(config: &Config) -> anyhow::Result<Router> {
    let gateway = Endpoint::from_shared(config.gateway.clone())?.tcp_nodelay(true).connect_lazy();
    Ok(Router::new()
        .route("/", get(pages::home::show))
        .route("/a/{token}", get(pages::answer::show).post(pages::answer::submit))
        .route("/assets/tandem.css", get(pages::assets::style))
        .fallback(pages::home::missing)
        .with_state(Pages { gateway })
        .layer(middleware::from_fn(headers::protect)))
}
