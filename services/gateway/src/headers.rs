//! What every answer tells whoever keeps or shows it: it is what it calls itself, and nobody keeps a copy, since nearly all of
//! them hold something of a person.

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// The middleware. Whoever has said how long an answer may be kept, such as the pages of their own files, has the last word.
pub(crate) async fn protect(request: Request, next: Next) -> Response {
    let is_for_all = is_for_all(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !is_for_all {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

/// What is the same for everybody: the contracts, and the keys that verify tokens.
fn is_for_all(path: &str) -> bool {
    path == "/openapi.json" || path.starts_with("/.well-known/")
}
