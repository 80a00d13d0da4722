//! What is done with many requests at once.

mod jobs;
mod prepare;
mod progress;
mod store;
mod worker;

use axum::{
    Router,
    response::Redirect,
    routing::{get, post},
};

use super::filters::LIST;
use crate::shell::AppState;

pub(super) use prepare::PREPARE;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        // Whoever asks for these by their address has lost the form that led there.
        .route(PREPARE, post(prepare::prepare).get(async || Redirect::to(LIST)))
        .route(prepare::START, post(progress::start).get(async || Redirect::to(LIST)))
        .route("/requests/bulk/{run}", get(progress::show))
}
