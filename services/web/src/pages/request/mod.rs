//! One request: where it stands, what was done, and exactly what this person may do with it now.

mod action_form;
mod action_sections;
mod ask_elsewhere;
mod data;
mod destinations;
mod facts;
mod mails;
mod page;
mod show;
mod steps;
mod submit;
mod timeline;
mod view;

use axum::{
    Router,
    routing::{get, post},
};

use crate::shell::{AppState, PageSet};

pub(crate) const PAGES: PageSet = PageSet { routes, entry: None };

fn routes() -> Router<AppState> {
    Router::new()
        .route("/requests/{id}", get(show::show))
        .route("/requests/{id}/{verb}", get(show::reopen).post(submit::submit))
        .route("/requests/{id}/deliveries/{delivery}/resend", post(mails::resend))
}
