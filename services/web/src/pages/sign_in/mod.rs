//! Signing in and out, a new password, another role; language and colours.

mod form;
mod password;
mod preferences;
mod role;

use axum::{
    Router,
    routing::{get, post},
};

use crate::shell::{AppState, PageSet};

pub(crate) const PAGES: PageSet = PageSet { routes, entry: None };

fn routes() -> Router<AppState> {
    Router::new()
        .route("/sign-in", get(form::show).post(form::submit))
        .route("/sign-out", post(form::sign_out))
        .route("/password", get(password::show).post(password::submit))
        .route("/role", post(role::switch))
        .route("/language/{language}", get(preferences::language))
        .route("/theme/{theme}", get(preferences::theme))
}
