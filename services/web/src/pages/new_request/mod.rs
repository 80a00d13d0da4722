//! A new request, or a draft that is changed: one form that shows where there is room while people choose.

mod choices;
mod form;
mod menu;
mod page;
mod show;

use axum::{Router, routing::get};

use crate::shell::{AppState, PageSet};

pub(crate) use form::same_elsewhere;
pub(crate) use menu::ENTRY;

pub(crate) const PAGES: PageSet = PageSet { routes, entry: Some(ENTRY) };

fn routes() -> Router<AppState> {
    Router::new()
        .route("/requests/new", get(show::show).post(show::submit))
        .route("/requests/{id}/edit", get(show::show_draft).post(show::submit_draft))
}
