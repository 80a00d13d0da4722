//! The pages around a form that is kept ([`KeptForm`]): before signing in, and afterwards.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse as _, Redirect, Response},
};
use proto::identity::v1::{Me, Tokens};

use super::{
    error::PageError,
    flash::Flash,
    kept::KeptForm,
    layout::Layout,
    sign_in_page::{self, SignInPage},
    state::AppState,
    visitor::Visitor,
};
use crate::ui::{Text, render};

#[derive(Template)]
#[template(path = "sign_in/resume.html")]
struct Page<'a> {
    text: Text,
    layout: Layout,
    address: &'a str,
    fields: Vec<&'a (String, String)>,
}

/// The page that gives a form back to its person.
pub(super) fn resume(visitor: &Visitor, form: &KeptForm) -> Response {
    let (text, layout) = (visitor.text(), visitor.layout(None));
    let page = Page { text, layout, address: form.shown_at(), fields: form.carried() };
    let said = visitor.cookies.flash(&Flash::new("done-kept", ""));
    ([(header::SET_COOKIE, said)], render(&page)).into_response()
}

/// To a part of a page, which cannot show any of this: its script sends the whole form.
pub(super) fn send_whole() -> Response {
    StatusCode::UNAUTHORIZED.into_response()
}

/// The page that asks for signing in, and keeps a form meanwhile.
pub(super) fn ask(visitor: &Visitor, headers: &HeaderMap, form: &KeptForm) -> Response {
    if headers.contains_key("hx-request") {
        return send_whole();
    }
    let kept = form.seal(&visitor.key);
    let page = sign_in_page::page(visitor, &SignInPage { next: "/", kept: &kept, ..SignInPage::default() });
    // Only this browser's secret opens what is kept.
    let secret = visitor.is_new.then(|| (header::SET_COOKIE, visitor.cookies.key(&visitor.key)));
    (StatusCode::UNAUTHORIZED, AppendHeaders(secret), page).into_response()
}

/// To another page, as a person who has just signed in; or back to what that person had typed before, where `kept` is sealed.
pub(crate) async fn come_in(
    visitor: &Visitor,
    state: &AppState,
    (tokens, me): (Option<Tokens>, Option<Me>),
    next: &str,
    kept: &str,
) -> Result<Response, PageError> {
    let me = me.unwrap_or_default();
    let form = KeptForm::open(&visitor.key, kept).filter(|form| form.is_of(&me));
    let person = visitor.start_session(state, tokens.unwrap_or_default(), me).await?;
    let secret = AppendHeaders([(header::SET_COOKIE, person.cookies.key(&person.key))]);
    Ok(match form {
        Some(form) => (secret, resume(&person, &form)).into_response(),
        None => (secret, Redirect::to(next)).into_response(),
    })
}
