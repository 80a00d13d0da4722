//! The report on requests (domain §14.2), on screen and as a file.

mod menu;
mod show;

use axum::{Router, routing::get};

use crate::shell::{AppState, PageSet};

pub(crate) const PAGES: PageSet = PageSet { routes, entry: Some(menu::ENTRY) };

fn routes() -> Router<AppState> {
    Router::new().route(show::PAGE, get(show::show)).route(show::FILE, get(show::file))
}
