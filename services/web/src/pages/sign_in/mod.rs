//! Signing in and out, a new password, another role; language and colours.

mod form;
mod password;
mod preferences;
mod role;

use axum::{
    Router,
    http::{StatusCode, header},
    response::Response,
    routing::{get, post},
};
use tonic::Status;

use crate::{
    shell::{AppState, PageSet},
    ui::user_message,
};

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

/// A page about a refusal; where the next try has to wait, programs are told so, too.
fn with_wait(mut page: Response, refusal: &Status) -> Response {
    if let Some(seconds) = user_message::wait_seconds(refusal) {
        *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        page.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    page
}
