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

use crate::{
    Pages,
    addresses::{address, own_page},
    api::Client,
    failure::{self, Trouble, render},
    frame::{Frame, Room},
    text::Text,
    visitor::{SignedIn, Visitor},
};

/// Refusals that the form itself explains.
const EXPLAINED: [&str; 4] = ["SIGN_IN_REFUSED", "ACCOUNT_LOCKED", "ACCOUNT_DISABLED", "NO_ROLE"];

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page<'a> {
    text: Text,
    frame: Frame,
    login: &'a str,
    next: &'a str,
    fault: Option<String>,
}

/// Where to go afterwards.
#[derive(Deserialize)]
pub(crate) struct Asked {
    next: Option<String>,
}

/// What was typed.
#[derive(Deserialize)]
pub(crate) struct Given {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    next: Option<String>,
}

pub(crate) async fn show(visitor: Visitor, Query(asked): Query<Asked>) -> Response {
    let next = own_page(asked.next.as_deref());
    if visitor.session.is_some() {
        return Redirect::to(next).into_response();
    }
    form(&visitor, "", next, None)
}

pub(crate) async fn submit(
    State(pages): State<Pages>,
    visitor: Visitor,
    client: Client,
    Form(given): Form<Given>,
) -> Result<Response, Trouble> {
    let next = own_page(given.next.as_deref());
    if visitor.redraw.is_some() {
        return Ok(form(&visitor, &given.login, next, None));
    }
    let message = SignInRequest { login: given.login.clone(), password: given.password };
    match visitor.api.counted(&client).sessions().sign_in(message).await {
        Ok(answer) => {
            let answer = answer.into_inner();
            if let Some(session) = &visitor.session {
                pages.vault.end(session).await?;
            }
            visitor.admit(&pages, answer.tokens.unwrap_or_default(), answer.me.unwrap_or_default(), next).await
        }
        Err(status) => match failure::reason(&status).as_str() {
            "PASSWORD_CHANGE_REQUIRED" => {
                Ok(Redirect::to(&address("/password", &[("login", &given.login), ("next", next)])).into_response())
            }
            reason if EXPLAINED.contains(&reason) => {
                Ok(form(&visitor, &given.login, next, Some(failure::message(&status))))
            }
            "FIELD_VIOLATION" | "INVALID_ARGUMENT" => {
                Ok(form(&visitor, &given.login, next, Some(failure::message(&status))))
            }
            _ => Err(status.into()),
        },
    }
}

pub(crate) async fn leave(State(pages): State<Pages>, signed_in: SignedIn) -> Result<Response, Trouble> {
    pages.vault.end(&signed_in.session).await?;
    Ok(signed_in.dismiss("/sign-in"))
}

fn form(visitor: &Visitor, login: &str, next: &str, fault: Option<String>) -> Response {
    let status = if fault.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    let page =
        Page { text: visitor.text(), frame: visitor.frame(Room::None).holding("sign-in", ""), login, next, fault };
    (status, render(&page)).into_response()
}
