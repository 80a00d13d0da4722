//! A new password: asked for at the first sign-in and every ninety days (domain §4.3), or wished for.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::Form;
use proto::identity::v1::ChangePasswordRequest;
use serde::Deserialize;
use tonic::Code;

use crate::{
    Pages,
    addresses::own_page,
    api::Client,
    failure::{self, Trouble, render},
    faults::Faults,
    frame::{Frame, Room},
    text::Text,
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "password.html")]
struct Page<'a> {
    text: Text,
    frame: Frame,
    login: &'a str,
    next: &'a str,
    faults: Faults,
}

/// Whose password, and where to go afterwards.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    login: String,
    next: Option<String>,
}

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    login: String,
    password: String,
    new_password: String,
    next: Option<String>,
}

pub(crate) async fn show(visitor: Visitor, Query(asked): Query<Asked>) -> Response {
    form(&visitor, &asked.login, own_page(asked.next.as_deref()), Faults::default())
}

pub(crate) async fn submit(
    State(pages): State<Pages>,
    visitor: Visitor,
    client: Client,
    Form(given): Form<Given>,
) -> Result<Response, Trouble> {
    let next = own_page(given.next.as_deref());
    if visitor.redraw.is_some() {
        // Passwords are typed again: they are never part of a page.
        return Ok(form(&visitor, &given.login, next, Faults::default()));
    }
    let message = ChangePasswordRequest {
        login: given.login.clone(),
        password: given.password,
        new_password: given.new_password,
    };
    match visitor.api.counted(&client).sessions().change_password(message).await {
        Ok(answer) => {
            let answer = answer.into_inner();
            visitor.admit(&pages, answer.tokens.unwrap_or_default(), answer.me.unwrap_or_default(), next).await
        }
        Err(status) if matches!(status.code(), Code::Unauthenticated | Code::PermissionDenied) => {
            Ok(form(&visitor, &given.login, next, Faults::whole(failure::message(&status))))
        }
        Err(status) => Ok(form(&visitor, &given.login, next, Faults::of(status)?)),
    }
}

fn form(visitor: &Visitor, login: &str, next: &str, faults: Faults) -> Response {
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let page = Page {
        text: visitor.text(),
        frame: visitor.frame(Room::None).holding("password-form", ""),
        login,
        next,
        faults,
    };
    (status, render(&page)).into_response()
}
