//! Language and colours: chosen on any page, which is then shown again.

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::Locale;
use serde::Deserialize;

use crate::shell::{AppState, PageError, cookies, own_page};

#[derive(Deserialize)]
pub(super) struct BackQuery {
    back: Option<String>,
}

pub(super) async fn language(
    State(state): State<AppState>,
    Path(language): Path<String>,
    Query(params): Query<BackQuery>,
) -> Result<Response, PageError> {
    let locale: Locale = language.parse().map_err(|_| PageError::missing())?;
    Ok(keep(&state, cookies::LANGUAGE, locale.code(), &params))
}

pub(super) async fn theme(
    State(state): State<AppState>,
    Path(theme): Path<String>,
    Query(params): Query<BackQuery>,
) -> Result<Response, PageError> {
    let theme = cookies::known_theme(&theme).ok_or_else(PageError::missing)?;
    Ok(keep(&state, cookies::THEME, theme, &params))
}

fn keep(state: &AppState, name: &'static str, value: &str, params: &BackQuery) -> Response {
    let cookie = state.cookies.preference(name, value);
    ([(header::SET_COOKIE, cookie)], Redirect::to(own_page(params.back.as_deref()))).into_response()
}
