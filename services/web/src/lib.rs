//! The front end in a browser: pages rendered on the server, which work without JavaScript.
//!
//! It is a client of the gateway like any other and has no way around it: it knows no other service, no other's schema and no
//! secret of theirs.
//!
//! # What it owns
//!
//! Sessions of browsers, what many requests at once came to, and nothing else. A browser holds a random secret in a cookie; the
//! tokens of whoever signed in lie in this schema, found by a digest of that secret and sealed with a key made of it
//! (`shell/session`). So they survive a restart, every replica can serve every browser, and the table alone is of no use to a
//! thief. What is done with many requests at once is kept and sealed beside them, until the session ends
//! (`pages/requests/bulk`). Half an hour without a person's doing ends a session (domain §4.3); pages that refresh themselves do
//! not count.
//!
//! # How a page comes about
//!
//! `shell` is around every page: its middleware finds language, colours and person, refuses forms that are not ours, and makes a
//! page of an error; the layout holds the menu. `api` is the gateway, as somebody. `ui` is what pages are made of. `pages` holds a
//! folder for each capability, which brings its routes and its entry in the menu.
//!
//! A handler asks the gateway and renders a template in its layout. A form that is refused is shown again with what was typed and
//! with its errors; one that was taken leads to another page, which says what was done, so that neither Back nor Reload does
//! anything twice. htmx only exchanges parts of pages that are complete without it.

mod api;
mod config;
mod pages;
mod shell;
mod ui;

use std::time::Duration;

use axum::{Router, extract::DefaultBodyLimit, middleware};
use chassis::{Component, Host, Service};
use eventing::Topology;
use sqlx::migrate::Migrator;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::shell::{AppState, PageSet, headers, trace};

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
        let menu = pages::ALL.iter().filter_map(|pages| pages.entry).collect();
        let state = AppState::new(host, &config, menu)?;
        let sessions = state.sessions.clone();
        let purge = move || {
            let sessions = sessions.clone();
            async move { sessions.purge().await.map(drop).map_err(|f| anyhow::anyhow!("{}: {}", f.reason(), f.chain())) }
        };
        Ok(Component::new().http(router(state, &config)).task("purge_sessions", PURGE_EVERY, purge))
    }
}

/// It calls the gateway alone, and owns no events.
pub static TOPOLOGY: Topology = Topology { service: "web", publishes: &[], consumes: &[], calls: &[] };

fn router(state: AppState, config: &Config) -> Router {
    let styleguide = config.styleguide.then_some(&pages::STYLEGUIDE);
    let merge = |router: Router<AppState>, pages: &PageSet| router.merge((pages.routes)());
    let visited = pages::ALL.iter().chain(styleguide).fold(Router::new(), merge).fallback(shell::missing);
    Router::new()
        .merge(visited.layer(middleware::from_fn_with_state(state.clone(), shell::visit)))
        .merge((pages::BY_LINK.routes)())
        .merge(shell::asset_routes())
        .with_state(state)
        .layer(middleware::from_fn(headers::protect))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(trace::ServerTiming(config.server_timing), trace::trace))
        .layer(DefaultBodyLimit::max(512 * 1024))
}
