//! What pages are made of besides text, embedded in the binary.

use axum::{http::header, response::IntoResponse};

pub(crate) async fn style() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, include_str!("../../assets/tandem.css"))
}
