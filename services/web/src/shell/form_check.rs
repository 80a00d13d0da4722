//! Whether a form comes from one of our own pages, shown to the same browser.

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest as _, Request},
    http::{HeaderMap, header, uri::Authority},
};
use axum_extra::extract::Form;
use kernel::ErrorKind;
use serde::Deserialize;

use super::{error::PageError, kept::KeptForm, redraw::Preferred, visitor::Visitor};

/// Longest form: the longest comment in the worst encoding, many times over.
const MOST_BYTES: usize = 256 * 1024;

#[derive(Deserialize)]
struct Carried {
    #[serde(default)]
    form_token: String,
}

/// A form that may change something.
pub(crate) struct Checked {
    pub(crate) request: Request,
    /// What it says of language and colours.
    pub(crate) preferred: Preferred,
    /// What is in it, if it can be offered again.
    pub(crate) kept: Option<KeptForm>,
}

/// Why a form must change nothing.
pub(crate) struct Refused {
    pub(crate) error: PageError,
    /// What is in it, where it is of one of our pages but of another session, and can be offered again.
    pub(crate) kept: Option<KeptForm>,
}

impl From<PageError> for Refused {
    fn from(error: PageError) -> Self {
        Self { error, kept: None }
    }
}

/// Gives the request back if it may change something.
pub(crate) async fn check(request: Request, visitor: &Visitor) -> Result<Checked, Refused> {
    let refused = || PageError::own(ErrorKind::Forbidden, "error-form");
    if !is_ours(request.headers()) {
        return Err(refused().into());
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, MOST_BYTES).await.map_err(|_| PageError::own(ErrorKind::Invalid, "error-too-long"))?;
    let copy = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let again = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let Form(carried) = Form::<Carried>::from_request(copy, &()).await.map_err(|_| refused())?;
    let kept = KeptForm::read(&visitor.here, &bytes);
    if carried.form_token != visitor.form_token() {
        return Err(Refused { error: refused(), kept });
    }
    let Form(preferred) = Form::<Preferred>::from_request(again, &()).await.map_err(|_| refused())?;
    Ok(Checked { request: Request::from_parts(parts, Body::from(bytes)), preferred, kept })
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
