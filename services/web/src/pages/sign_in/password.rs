//! A new password: params for at the first sign-in and every ninety days (domain §4.3), or wished for.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::Form;
use proto::identity::v1::ChangePasswordRequest;
use serde::Deserialize;
use tonic::{Code, Status};

use super::with_wait;
use crate::{
    api::Client,
    shell::{AppState, Layout, PageError, Visitor, come_in, own_page},
    ui::{FormErrors, Text, render, user_message},
};

#[derive(Template)]
#[template(path = "sign_in/password.html")]
struct Page<'a> {
    text: Text,
    layout: Layout,
    login: &'a str,
    next: &'a str,
    /// What was typed before, sealed; empty where nothing was.
    kept: &'a str,
    errors: FormErrors,
}

/// Where to go afterwards. Whose password it is stands in no address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PasswordQuery {
    next: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PasswordForm {
    login: String,
    password: String,
    new_password: String,
    next: Option<String>,
    kept: String,
}

pub(super) async fn show(visitor: Visitor, Query(params): Query<PasswordQuery>) -> Response {
    page(&visitor, "", (own_page(params.next.as_deref()), ""), FormErrors::default())
}

/// What somebody sees whose password has to be changed before they come in.
pub(super) fn asked(visitor: &Visitor, login: &str, next: &str, kept: &str) -> Response {
    page(visitor, login, (next, kept), FormErrors::default())
}

pub(super) async fn submit(
    State(state): State<AppState>,
    visitor: Visitor,
    client: Client,
    Form(form): Form<PasswordForm>,
) -> Result<Response, PageError> {
    let next = (own_page(form.next.as_deref()), form.kept.as_str());
    if visitor.redraw.is_some() {
        // Passwords are typed again: they are never part of a page.
        return Ok(page(&visitor, &form.login, next, FormErrors::default()));
    }
    let message =
        ChangePasswordRequest { login: form.login.clone(), password: form.password, new_password: form.new_password };
    match visitor.api.for_client(&client).sessions().change_password(message).await {
        Ok(answer) => {
            let answer = answer.into_inner();
            come_in(&visitor, &state, (answer.tokens, answer.me), next.0, next.1).await
        }
        Err(status) if is_refused(&status) => {
            let page = page(&visitor, &form.login, next, FormErrors::whole(user_message::message(&status)));
            Ok(with_wait(page, &status))
        }
        Err(status) => Ok(page(&visitor, &form.login, next, FormErrors::of(status)?)),
    }
}

/// Whether the present password is the cause.
fn is_refused(status: &Status) -> bool {
    matches!(status.code(), Code::Unauthenticated | Code::PermissionDenied)
        || user_message::reason(status) == "SIGN_IN_DELAYED"
}

fn page(visitor: &Visitor, login: &str, (next, kept): (&str, &str), errors: FormErrors) -> Response {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let layout = visitor.layout(None).with_form("password-form", "");
    let page = Page { text: visitor.text(), layout, login, next, kept, errors };
    (status, render(&page)).into_response()
}
