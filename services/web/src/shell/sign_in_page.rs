//! The page on which people sign in.

use askama::Template;
use axum::response::{IntoResponse as _, Response};

use super::{layout::Layout, visitor::Visitor};
use crate::ui::{Text, render};

/// What the page shows and carries.
#[derive(Clone, Copy, Default)]
pub(crate) struct SignInPage<'a> {
    pub(crate) login: &'a str,
    /// Where to go afterwards.
    pub(crate) next: &'a str,
    /// What was typed before, sealed; empty where nothing was.
    pub(crate) kept: &'a str,
    pub(crate) error: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "sign_in/form.html")]
struct Page<'a> {
    text: Text,
    layout: Layout,
    shown: SignInPage<'a>,
}

pub(crate) fn page(visitor: &Visitor, shown: &SignInPage) -> Response {
    let layout = visitor.layout(None).with_form("sign-in", "");
    render(&Page { text: visitor.text(), layout, shown: *shown }).into_response()
}
