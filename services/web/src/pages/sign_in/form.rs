//! Signing in and out.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::Form;
use proto::identity::v1::SignInRequest;
use serde::Deserialize;

use super::{password, with_wait};
use crate::{
    api::Client,
    shell::{AppState, Layout, PageError, SignedIn, Visitor, own_page},
    ui::{Text, render, user_message},
};

/// Refusals that the form itself explains.
const EXPLAINED: [&str; 5] = ["SIGN_IN_REFUSED", "SIGN_IN_DELAYED", "ACCOUNT_DISABLED", "NO_ROLE", "INVALID_FIELDS"];

#[derive(Template)]
#[template(path = "sign_in/form.html")]
struct Page<'a> {
    text: Text,
    layout: Layout,
    login: &'a str,
    next: &'a str,
    error: Option<String>,
}

/// Where to go afterwards.
#[derive(Deserialize)]
pub(super) struct SignInQuery {
    next: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct SignInForm {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    next: Option<String>,
}

pub(super) async fn show(visitor: Visitor, Query(params): Query<SignInQuery>) -> Response {
    let next = own_page(params.next.as_deref());
    if visitor.session.is_some() {
        return Redirect::to(next).into_response();
    }
    page(&visitor, "", next, None)
}

pub(super) async fn submit(
    State(state): State<AppState>,
    visitor: Visitor,
    client: Client,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    let next = own_page(form.next.as_deref());
    if visitor.redraw.is_some() {
        return Ok(page(&visitor, &form.login, next, None));
    }
    let message = SignInRequest { login: form.login.clone(), password: form.password };
    match visitor.api.for_client(&client).sessions().sign_in(message).await {
        Ok(answer) => {
            let answer = answer.into_inner();
            if let Some(session) = &visitor.session {
                state.sessions.end(session).await?;
            }
            visitor.start_session(&state, answer.tokens.unwrap_or_default(), answer.me.unwrap_or_default(), next).await
        }
        Err(status) => match user_message::reason(&status).as_str() {
            "PASSWORD_CHANGE_REQUIRED" => Ok(password::asked(&visitor, &form.login, next)),
            reason if EXPLAINED.contains(&reason) => {
                let page = page(&visitor, &form.login, next, Some(user_message::message(&status)));
                Ok(with_wait(page, &status))
            }
            _ => Err(status.into()),
        },
    }
}

pub(super) async fn sign_out(State(state): State<AppState>, user: SignedIn) -> Result<Response, PageError> {
    state.sessions.end(&user.session).await?;
    Ok(user.end_session("/sign-in"))
}

fn page(visitor: &Visitor, login: &str, next: &str, error: Option<String>) -> Response {
    let status = if error.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    let page = Page { text: visitor.text(), layout: visitor.layout(None).with_form("sign-in", ""), login, next, error };
    (status, render(&page)).into_response()
}
