//! Who looks at a page and how: found once for each request, before its handler runs.

use std::{convert::Infallible, ops::Deref, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use kernel::{Env, Locale};
use proto::identity::v1::{Me, Tokens};

use super::{
    addresses::address,
    cookies::{self, Cookies},
    error::PageError,
    flash::Flash,
    navigation::NavEntry,
    redraw::{Preferred, Redraw},
    session::{BrowserKey, Session},
    state::AppState,
};
use crate::{api::Api, ui::Text};

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
    /// The entries of the menu.
    pub(super) menu: Arc<[NavEntry]>,
    pub(super) key: BrowserKey,
    pub(super) is_new: bool,
    pub(super) cookies: Cookies,
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

    /// The same browser, as a person who has just signed in.
    pub(super) async fn start_session(&self, state: &AppState, tokens: Tokens, me: Me) -> Result<Self, PageError> {
        // A fresh secret: whatever was planted in this browser before is worth nothing.
        let session = state.sessions.begin(BrowserKey::random(), tokens, me).await?;
        Ok(Self { key: session.key.clone(), session: Some(session), ..self.clone() })
    }

    /// To another page, as nobody. The browser forgets the pages that it has kept, those behind its Back button too; its cookies stay,
    /// since they hold language and colours beside a secret that is new.
    pub(crate) fn end_session(&self, to: &str) -> Response {
        let headers = [
            (header::SET_COOKIE, self.cookies.key(&BrowserKey::random())),
            (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\"")),
        ];
        (headers, Redirect::to(to)).into_response()
    }

    /// The same with what a form says of language and colours, and the cookies that keep it.
    pub(super) fn choosing(mut self, preferred: &Preferred) -> (Self, Vec<HeaderValue>) {
        self.redraw = preferred.redraw();
        let mut kept = Vec::new();
        if let Some(locale) = preferred.language() {
            kept.push(self.cookies.preference(cookies::LANGUAGE, locale.code()));
            self.locale = locale;
            self.api = self.api.in_language(locale);
        }
        if let Some(theme) = preferred.theme() {
            kept.push(self.cookies.preference(cookies::THEME, theme));
            self.theme = theme;
        }
        (self, kept)
    }

    pub(super) fn preferring(mut self, headers: &HeaderMap, jar: &CookieJar) -> Self {
        let own = self.session.as_ref().and_then(|s| s.me.person.as_ref()).and_then(|p| p.language.parse().ok());
        let chosen = jar.get(cookies::LANGUAGE).and_then(|c| c.value().parse().ok());
        self.locale = chosen.or(own).or_else(|| chassis::locale::asked(headers)).unwrap_or_default();
        self.api = self.api.in_language(self.locale);
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
