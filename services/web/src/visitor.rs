//! Who looks at a page and how: found once for each request, before its handler runs.

use std::{convert::Infallible, ops::Deref};

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use kernel::{Env, ErrorKind, Locale};
use proto::identity::v1::{Me, Tokens};
use tonic::Code;

use crate::{
    Pages,
    addresses::address,
    api::Api,
    cookies::{self, Cookies},
    failure::{self, Trouble},
    flash::Flash,
    forms, live,
    redraw::{Preferred, Redraw},
    session::{BrowserKey, Ended, Session},
    text::Text,
};

/// Calls of a page that refreshes itself carry this header; they keep nobody signed in.
const BACKGROUND: &str = "background";

/// A browser, its preferences, and the person behind it if one is signed in.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) locale: Locale,
    pub(crate) theme: &'static str,
    /// Path and query of the page.
    pub(crate) here: String,
    pub(crate) session: Option<Session>,
    pub(crate) flash: Option<Flash>,
    /// The gateway, as this person, in the language of the page.
    pub(crate) api: Api,
    pub(crate) env: Env,
    /// Whether a person asks, not a page that refreshes itself.
    pub(crate) by_hand: bool,
    /// Whether the form that was sent is only to be shown again.
    pub(crate) redraw: Option<Redraw>,
    key: BrowserKey,
    is_new: bool,
    cookies: Cookies,
}

impl Visitor {
    /// The texts of the page's language.
    pub(crate) fn text(&self) -> Text {
        Text(self.locale)
    }

    /// What every form of this browser carries.
    pub(crate) fn form_token(&self) -> String {
        self.key.form_token()
    }

    /// To another page, which says that something was done. `key` is a text; `subject` stands in it.
    pub(crate) fn done(&self, key: &'static str, subject: &str, to: &str) -> Response {
        let flash = self.cookies.flash(&Flash::new(key, subject));
        ([(header::SET_COOKIE, flash)], Redirect::to(to)).into_response()
    }

    /// To another page, as a person who has just signed in.
    pub(crate) async fn admit(&self, pages: &Pages, tokens: Tokens, me: Me, to: &str) -> Result<Response, Trouble> {
        // A fresh secret: whatever was planted in this browser before is worth nothing.
        let session = pages.vault.begin(BrowserKey::random(), tokens, me).await?;
        Ok(([(header::SET_COOKIE, self.cookies.key(&session.key))], Redirect::to(to)).into_response())
    }

    /// To another page, as nobody.
    pub(crate) fn dismiss(&self, to: &str) -> Response {
        ([(header::SET_COOKIE, self.cookies.key(&BrowserKey::random()))], Redirect::to(to)).into_response()
    }

    /// The same with what a form says of language and colours, and the cookies that keep it.
    fn choosing(mut self, preferred: &Preferred) -> (Self, Vec<HeaderValue>) {
        self.redraw = preferred.redraw();
        let mut kept = Vec::new();
        if let Some(locale) = preferred.language() {
            kept.push(self.cookies.preference(cookies::LANGUAGE, locale.code()));
            self.locale = locale;
            self.api = self.api.speaking(locale);
        }
        if let Some(theme) = preferred.theme() {
            kept.push(self.cookies.preference(cookies::THEME, theme));
            self.theme = theme;
        }
        (self, kept)
    }

    fn preferring(mut self, headers: &HeaderMap, jar: &CookieJar) -> Self {
        let own = self.session.as_ref().and_then(|s| s.me.person.as_ref()).and_then(|p| p.language.parse().ok());
        let chosen = jar.get(cookies::LANGUAGE).and_then(|c| c.value().parse().ok());
        self.locale = chosen.or(own).or_else(|| chassis::locale::asked(headers)).unwrap_or_default();
        self.api = self.api.speaking(self.locale);
        self
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().expect("every page is behind the middleware that finds the visitor"))
    }
}

/// A visitor who is signed in. Whoever is not is asked to, and comes back afterwards.
pub(crate) struct SignedIn {
    pub(crate) visitor: Visitor,
    pub(crate) session: Session,
}

impl Deref for SignedIn {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        match visitor.session.clone() {
            Some(session) => Ok(Self { visitor, session }),
            None => Err(sign_in(&parts.method, &parts.headers, &visitor.here)),
        }
    }
}

/// To the sign-in page, and back here if here is a page that can be asked for again.
pub(crate) fn sign_in(method: &Method, headers: &HeaderMap, here: &str) -> Response {
    let to =
        if method == Method::GET && here != "/" { address("/sign-in", &[("next", here)]) } else { "/sign-in".into() };
    if headers.contains_key("hx-request") {
        let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/sign-in"));
        return (StatusCode::UNAUTHORIZED, [("hx-redirect", to)]).into_response();
    }
    Redirect::to(&to).into_response()
}

/// The middleware: finds the visitor, checks forms, turns troubles into pages, sends cookies.
pub(crate) async fn visit(State(pages): State<Pages>, mut request: Request, next: Next) -> Response {
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let here = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let mut visitor = match find(&pages, &headers, here).await {
        Ok(visitor) => visitor,
        Err(visitor_and_trouble) => {
            let (visitor, trouble) = *visitor_and_trouble;
            return failure::page(&visitor, &trouble);
        }
    };
    let mut chosen = Vec::new();
    if method == Method::POST {
        let preferred = match forms::check(request, &visitor).await {
            Ok((checked, preferred)) => {
                request = checked;
                preferred
            }
            Err(trouble) => return failure::page(&visitor, &trouble),
        };
        (visitor, chosen) = visitor.choosing(&preferred);
    }
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    if let Some(trouble) = response.extensions_mut().remove::<Trouble>() {
        if trouble.code() == Code::Unauthenticated {
            return sign_in(&method, &headers, &visitor.here);
        }
        return failure::page(&visitor, &trouble);
    }
    if is_rejection(&response) {
        let mut page = failure::page(&visitor, &Trouble::own(ErrorKind::Invalid, "failure-unreadable"));
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

/// Whether a request was refused before a handler saw it, such as for a query that names a field twice: nobody has made a page
/// of it yet.
fn is_rejection(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    response.status().is_client_error()
        && !kind.starts_with(b"text/html")
        && !response.headers().contains_key("hx-redirect")
}

async fn find(pages: &Pages, headers: &HeaderMap, here: String) -> Result<Visitor, Box<(Visitor, Trouble)>> {
    let jar = CookieJar::from_headers(headers);
    let known = jar.get(pages.cookies.key_name()).and_then(|c| BrowserKey::read(c.value()));
    let mut visitor = Visitor {
        locale: Locale::default(),
        theme: cookies::theme(&jar),
        by_hand: !headers.contains_key(BACKGROUND) && here != live::ADDRESS,
        here,
        redraw: None,
        session: None,
        flash: jar.get(cookies::FLASH).and_then(|c| Flash::read(c.value())),
        api: pages.api.clone(),
        env: pages.env.clone(),
        is_new: known.is_none(),
        key: known.clone().unwrap_or_else(BrowserKey::random),
        cookies: pages.cookies.clone(),
    };
    let Some(key) = known else { return Ok(visitor.preferring(headers, &jar)) };
    match pages.vault.find(key, visitor.by_hand).await {
        Ok(session) => {
            visitor.api = visitor.api.of(session.bearer());
            visitor.session = Some(session);
            Ok(visitor.preferring(headers, &jar))
        }
        Err(Ended::Over) => Ok(visitor.preferring(headers, &jar)),
        Err(Ended::Unknown(status)) => Err(Box::new((visitor.preferring(headers, &jar), status.into()))),
    }
}
