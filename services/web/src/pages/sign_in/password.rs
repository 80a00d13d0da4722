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
    shell::{AppState, Layout, PageError, Visitor, own_page},
    ui::{FormErrors, Text, render, user_message},
};

#[derive(Template)]
#[template(path = "sign_in/password.html")]
struct Page<'a> {
    text: Text,
    layout: Layout,
    login: &'a str,
    next: &'a str,
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
}

pub(super) async fn show(visitor: Visitor, Query(params): Query<PasswordQuery>) -> Response {
    page(&visitor, "", own_page(params.next.as_deref()), FormErrors::default())
}

/// What somebody sees whose password has to be changed before they come in.
pub(super) fn asked(visitor: &Visitor, login: &str, next: &str) -> Response {
    page(visitor, login, next, FormErrors::default())
}

pub(super) async fn submit(
    State(state): State<AppState>,
    visitor: Visitor,
    client: Client,
    Form(form): Form<PasswordForm>,
) -> Result<Response, PageError> {
    let next = own_page(form.next.as_deref());
    if visitor.redraw.is_some() {
        // Passwords are typed again: they are never part of a page.
        return Ok(page(&visitor, &form.login, next, FormErrors::default()));
    }
    let message =
        ChangePasswordRequest { login: form.login.clone(), password: form.password, new_password: form.new_password };
    match visitor.api.for_client(&client).sessions().change_password(message).await {
        Ok(answer) => {
            let answer = answer.into_inner();
            visitor.start_session(&state, answer.tokens.unwrap_or_default(), answer.me.unwrap_or_default(), next).await
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

fn page(visitor: &Visitor, login: &str, next: &str, errors: FormErrors) -> Response {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let page =
        Page { text: visitor.text(), layout: visitor.layout(None).with_form("password-form", ""), login, next, errors };
    (status, render(&page)).into_response()
}
