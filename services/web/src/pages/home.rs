//! The first page, and the page for addresses that lead nowhere.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};

use crate::{
    failure::{self, render},
    text::Text,
};

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    text: Text,
}

pub(crate) async fn show(headers: HeaderMap) -> Response {
    render(&Home { text: Text(chassis::locale::asked(&headers).unwrap_or_default()) }).into_response()
}

pub(crate) async fn missing(headers: HeaderMap) -> Response {
    let locale = chassis::locale::asked(&headers).unwrap_or_default();
    failure::page(locale, StatusCode::NOT_FOUND, &Text(locale).t("failure-missing"))
}
