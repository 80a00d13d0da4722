//! The front end in a browser: pages rendered on the server, which work without JavaScript.
//!
//! It is a client of the gateway like any other and has no back door: it knows no other service, no other's schema and no
//! secret of theirs.
//!
//! # What it owns
//!
//! Sessions of browsers, what many requests at once came to, and nothing else. A browser holds a random secret in a cookie; the tokens of whoever signed in
//! lie in this schema, found by a digest of that secret and sealed with a key made of it ([`session`]). So they survive a
//! restart, every replica can serve every browser, and the table alone is of no use to a thief. What is done with many requests
//! at once is kept and sealed beside them, until the session ends. Half an hour without a person's doing ends a session
//! (domain §4.3); pages that refresh themselves do not count.
//!
//! # How a page comes about
//!
//! [`visitor::visit`] finds language, colours and person, refuses forms that are not ours ([`forms`]), and makes a page of a
//! [`failure::Trouble`]. A handler asks the gateway ([`api`]) and renders a template with its [`frame::Frame`]. A form that is refused
//! is shown again with what was typed and with its [`faults::Faults`]; one that was taken leads to another page, which says
//! what was done ([`flash`]), so that neither Back nor Reload does anything twice. htmx only exchanges parts of pages that are complete
//! without it.

mod addresses;
mod api;
mod config;
mod cookies;
mod failure;
mod faults;
mod flash;
mod forms;
mod frame;
mod headers;
mod line;
mod live;
mod lookups;
mod pages;
mod redraw;
mod session;
mod sheet;
mod store;
mod tally;
mod text;
mod trace;
mod visitor;

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use chassis::{Component, Host, Service};
use eventing::Topology;
use kernel::Env;
use sqlx::migrate::Migrator;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{api::Api, cookies::Cookies, live::Live, pages::requests::Ledger, session::Vault};

pub use config::Config;

/// The history of the front end's schema.
static MIGRATOR: Migrator = sqlx::migrate!();

/// How often sessions that are over are removed.
const PURGE_EVERY: Duration = Duration::from_secs(3600);

/// The front end.
pub struct Web;

impl Service for Web {
    const NAME: &'static str = "web";
    const TOPOLOGY: &'static Topology = &TOPOLOGY;
    type Config = Config;

    fn migrator() -> Option<&'static Migrator> {
        Some(&MIGRATOR)
    }

    async fn build(host: &Host, config: Config) -> anyhow::Result<Component> {
        let pages = Pages::new(host, &config)?;
        let vault = pages.vault.clone();
        let purge = move || {
            let vault = vault.clone();
            async move { vault.purge().await.map(drop).map_err(|f| anyhow::anyhow!("{}: {}", f.reason(), f.chain())) }
        };
        Ok(Component::new().http(router(pages, &config)).task("purge_sessions", PURGE_EVERY, purge))
    }
}

/// It calls the gateway alone, and owns no events.
pub static TOPOLOGY: Topology = Topology { service: "web", publishes: &[], consumes: &[], calls: &[] };

/// What the pages need.
#[derive(Clone)]
pub(crate) struct Pages {
    pub(crate) api: Api,
    pub(crate) vault: Vault,
    pub(crate) cookies: Cookies,
    pub(crate) env: Env,
    pub(crate) live: Live,
    pub(crate) ledger: Ledger,
}

impl Pages {
    fn new(host: &Host, config: &Config) -> anyhow::Result<Self> {
        let api = Api::at(&config.gateway, host)?;
        Ok(Self {
            vault: Vault::new(host.db.clone(), host.env.clone(), api.clone()),
            api,
            cookies: Cookies::new(config.secure_cookies.unwrap_or(true)),
            env: host.env.clone(),
            ledger: Ledger::new(host.db.clone(), host.env.clone()),
            live: Live::new(host, &config.gateway)?,
        })
    }
}

/// The front end's routes.
fn router(pages: Pages, config: &Config) -> Router {
    let mut rooms = Router::new()
        .route("/", get(pages::home::show).post(pages::home::again))
        .route("/sign-in", get(pages::sign_in::show).post(pages::sign_in::submit))
        .route("/sign-out", post(pages::sign_in::leave))
        .route("/password", get(pages::password::show).post(pages::password::submit))
        .route("/role", post(pages::role::switch))
        .route("/language/{language}", get(pages::preferences::language))
        .route("/theme/{theme}", get(pages::preferences::theme))
        .merge(pages::new_request::routes())
        .merge(pages::occupancy::routes())
        .merge(pages::places::routes())
        .merge(live::routes())
        .merge(pages::request::routes())
        .merge(pages::requests::routes())
        .merge(pages::reports::routes())
        .fallback(pages::missing);
    if config.styleguide {
        rooms = rooms.route("/styleguide", get(pages::styleguide::show));
    }
    Router::new()
        .merge(rooms.layer(middleware::from_fn_with_state(pages.clone(), visitor::visit)))
        .route("/a/{token}", get(pages::answer::show).post(pages::answer::submit))
        .route("/assets/{name}", get(pages::assets::show))
        .with_state(pages)
        .layer(middleware::from_fn(headers::protect))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(trace::Telling(config.server_timing), trace::trace))
        .layer(DefaultBodyLimit::max(512 * 1024))
}
