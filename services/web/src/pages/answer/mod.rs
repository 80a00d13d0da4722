//! The page behind the link that an agent without account receives by mail.

mod show;

use axum::{Router, routing::get};

use crate::shell::{AppState, PageSet};

pub(crate) const PAGES: PageSet = PageSet { routes, entry: None };

fn routes() -> Router<AppState> {
    Router::new().route("/a/{token}", get(show::show).post(show::submit))
}
