//! Whether a form comes from one of our own pages, shown to the same browser.

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest as _, Request},
    http::{HeaderMap, header, uri::Authority},
};
use axum_extra::extract::Form;
use kernel::ErrorKind;
use serde::Deserialize;

use super::{error::PageError, redraw::Preferred, visitor::Visitor};

/// Longest form: the longest comment in the worst encoding, many times over.
const MOST_BYTES: usize = 256 * 1024;

#[derive(Deserialize)]
struct Carried {
    #[serde(default)]
    form_token: String,
}

/// Gives the request back if it may change something, with what it says of language and colours.
pub(crate) async fn check(request: Request, visitor: &Visitor) -> Result<(Request, Preferred), PageError> {
    let refused = || PageError::own(ErrorKind::Forbidden, "error-form");
    if !is_ours(request.headers()) {
        return Err(refused());
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, MOST_BYTES).await.map_err(|_| PageError::own(ErrorKind::Invalid, "error-too-long"))?;
    let copy = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let again = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let Form(carried) = Form::<Carried>::from_request(copy, &()).await.map_err(|_| refused())?;
    if carried.form_token != visitor.form_token() {
        return Err(refused());
    }
    let Form(preferred) = Form::<Preferred>::from_request(again, &()).await.map_err(|_| refused())?;
    Ok((Request::from_parts(parts, Body::from(bytes)), preferred))
}

/// What the browser itself says of where the form was.
fn is_ours(headers: &HeaderMap) -> bool {
    let get = |name| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = get("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = get(header::ORIGIN.as_str()) else { return true };
    let authority = origin.split_once("://").and_then(|(_, rest)| rest.parse::<Authority>().ok());
    authority.is_some_and(|a| get(header::HOST.as_str()).is_some_and(|host| a.as_str().eq_ignore_ascii_case(host)))
}
