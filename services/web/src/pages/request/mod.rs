//! One request: where it stands, what was done, and exactly what this person may do with it now.

mod act;
mod deed;
mod deliveries;
mod elsewhere;
mod facts;
mod known;
mod page;
mod places;
mod show;
mod timeline;
mod way;

use axum::{
    Router,
    routing::{get, post},
};

use crate::{Pages, addresses};

/// The addresses of a request.
pub(crate) fn routes() -> Router<Pages> {
    Router::new()
        .route("/requests/{id}", get(show::show))
        .route("/requests/{id}/{verb}", get(show::reopen).post(act::submit))
        .route("/requests/{id}/deliveries/{delivery}/resend", post(deliveries::resend))
}

/// The page of a request, which leads back to another page if one is given.
fn address(id: &str, back: &str) -> String {
    addresses::address(&format!("/requests/{id}"), &[("back", back)])
}
