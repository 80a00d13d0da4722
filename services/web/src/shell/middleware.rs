//! What happens around each page: finds the visitor, checks forms, turns errors into pages, sends cookies.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use axum_extra::extract::CookieJar;
use kernel::{ErrorKind, Locale};
use tonic::Code;

use super::{
    cookies,
    error::PageError,
    error_page,
    flash::Flash,
    form_check::{self, Refused},
    kept_page,
    session::{BrowserKey, Ended},
    state::AppState,
    visitor::{Visitor, sign_in},
};
use crate::api::LIVE;

/// Calls of a page that refreshes itself carry this header; they keep nobody signed in.
const BACKGROUND: &str = "background";

/// The middleware: finds the visitor, checks forms, turns errors into pages, sends cookies.
pub(crate) async fn visit(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let here = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let mut visitor = match find(&state, &headers, here).await {
        Ok(visitor) => visitor,
        Err(visitor_and_error) => {
            let (visitor, error) = *visitor_and_error;
            return error_page::page(&visitor, &error);
        }
    };
    let (mut chosen, mut kept) = (Vec::new(), None);
    if method == Method::POST {
        let checked = match form_check::check(request, &visitor).await {
            Ok(checked) => checked,
            Err(refused) => return refuse(&visitor, &headers, &refused),
        };
        if let (Some(form), None) = (&checked.kept, &visitor.session) {
            return kept_page::ask(&visitor, &headers, form);
        }
        (request, kept) = (checked.request, checked.kept);
        (visitor, chosen) = visitor.choosing(&checked.preferred);
    }
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    if let Some(error) = response.extensions_mut().remove::<PageError>() {
        if let (Code::Unauthenticated, Some(form)) = (error.code(), &kept) {
            return kept_page::ask(&visitor, &headers, form);
        }
        if error.code() == Code::Unauthenticated {
            return sign_in(&method, &headers, &visitor.here);
        }
        return error_page::page(&visitor, &error);
    }
    if is_rejection(&response) {
        let mut page = error_page::page(&visitor, &PageError::own(ErrorKind::Invalid, "error-unreadable"));
        *page.status_mut() = response.status();
        return page;
    }
    for cookie in chosen {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    let is_page = response.status().is_success() && !headers.contains_key("hx-request");
    let fresh = (visitor.is_new && is_page).then(|| visitor.cookies.key(&visitor.key));
    let said = (visitor.flash.is_some() && is_page).then(|| visitor.cookies.no_flash());
    for cookie in fresh.into_iter().chain(said) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// What becomes of a form that must change nothing: the person whose it is finds it again, here or after signing in.
fn refuse(visitor: &Visitor, headers: &HeaderMap, refused: &Refused) -> Response {
    if refused.kept.is_some() && headers.contains_key("hx-request") {
        return kept_page::send_whole();
    }
    match (&refused.kept, &visitor.session) {
        (Some(form), None) => kept_page::ask(visitor, headers, form),
        (Some(form), Some(session)) if form.is_of(&session.me) => kept_page::resume(visitor, form),
        _ => error_page::page(visitor, &refused.error),
    }
}

/// Whether a request was refused before a handler saw it, such as for a query that names a field twice: nobody has made a page
/// of it yet.
fn is_rejection(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    response.status().is_client_error()
        && !kind.starts_with(b"text/html")
        && !response.headers().contains_key("hx-redirect")
}

async fn find(state: &AppState, headers: &HeaderMap, here: String) -> Result<Visitor, Box<(Visitor, PageError)>> {
    let jar = CookieJar::from_headers(headers);
    let known = jar.get(state.cookies.key_name()).and_then(|c| BrowserKey::read(c.value()));
    let mut visitor = Visitor {
        locale: Locale::default(),
        theme: cookies::theme(&jar),
        by_hand: !headers.contains_key(BACKGROUND) && here != LIVE,
        here,
        redraw: None,
        session: None,
        flash: jar.get(cookies::FLASH).and_then(|c| Flash::read(c.value())),
        api: state.api.clone(),
        env: state.env.clone(),
        menu: Arc::clone(&state.menu),
        is_new: known.is_none(),
        key: known.clone().unwrap_or_else(BrowserKey::random),
        cookies: state.cookies.clone(),
    };
    let Some(key) = known else { return Ok(visitor.preferring(headers, &jar)) };
    match state.sessions.find(key, visitor.by_hand).await {
        Ok(session) => {
            visitor.api = visitor.api.with_token(session.bearer());
            visitor.session = Some(session);
            Ok(visitor.preferring(headers, &jar))
        }
        Err(Ended::Over) => Ok(visitor.preferring(headers, &jar)),
        Err(Ended::Unknown(status)) => Err(Box::new((visitor.preferring(headers, &jar), status.into()))),
    }
}
