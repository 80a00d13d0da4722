//! Signing in and out.

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
    shell::{AppState, PageError, SignInPage, SignedIn, Visitor, come_in, own_page, sign_in_page},
    ui::user_message,
};

/// Refusals that the form itself explains.
const EXPLAINED: [&str; 5] = ["SIGN_IN_REFUSED", "SIGN_IN_DELAYED", "ACCOUNT_DISABLED", "NO_ROLE", "INVALID_FIELDS"];

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
    /// What was typed before, sealed.
    #[serde(default)]
    kept: String,
}

pub(super) async fn show(visitor: Visitor, Query(params): Query<SignInQuery>) -> Response {
    let next = own_page(params.next.as_deref());
    if visitor.session.is_some() {
        return Redirect::to(next).into_response();
    }
    sign_in_page(&visitor, &SignInPage { next, ..SignInPage::default() })
}

pub(super) async fn submit(
    State(state): State<AppState>,
    visitor: Visitor,
    client: Client,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    let next = own_page(form.next.as_deref());
    let shown = SignInPage { login: &form.login, next, kept: &form.kept, error: None };
    if visitor.redraw.is_some() {
        return Ok(sign_in_page(&visitor, &shown));
    }
    let message = SignInRequest { login: form.login.clone(), password: form.password };
    match visitor.api.for_client(&client).sessions().sign_in(message).await {
        Ok(answer) => {
            let answer = answer.into_inner();
            if let Some(session) = &visitor.session {
                state.sessions.end(session).await?;
            }
            come_in(&visitor, &state, (answer.tokens, answer.me), next, &form.kept).await
        }
        Err(status) => match user_message::reason(&status).as_str() {
            "PASSWORD_CHANGE_REQUIRED" => Ok(password::asked(&visitor, &form.login, next, &form.kept)),
            reason if EXPLAINED.contains(&reason) => {
                let error = user_message::message(&status);
                let page = sign_in_page(&visitor, &SignInPage { error: Some(&error), ..shown });
                Ok(with_wait((StatusCode::UNAUTHORIZED, page).into_response(), &status))
            }
            _ => Err(status.into()),
        },
    }
}

pub(super) async fn sign_out(State(state): State<AppState>, user: SignedIn) -> Result<Response, PageError> {
    state.sessions.end(&user.session).await?;
    Ok(user.end_session("/sign-in"))
}
