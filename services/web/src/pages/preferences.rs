//! Language and colours: chosen on any page, which is then shown again.

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::Locale;
use serde::Deserialize;

use crate::{Pages, addresses::own_page, cookies, failure::Trouble};

#[derive(Deserialize)]
pub(crate) struct Asked {
    back: Option<String>,
}

pub(crate) async fn language(
    State(pages): State<Pages>,
    Path(language): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let locale: Locale = language.parse().map_err(|_| Trouble::missing())?;
    Ok(keep(&pages, cookies::LANGUAGE, locale.code(), &asked))
}

pub(crate) async fn theme(
    State(pages): State<Pages>,
    Path(theme): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let theme = cookies::known_theme(&theme).ok_or_else(Trouble::missing)?;
    Ok(keep(&pages, cookies::THEME, theme, &asked))
}

fn keep(pages: &Pages, name: &'static str, value: &str, asked: &Asked) -> Response {
    let cookie = pages.cookies.preference(name, value);
    ([(header::SET_COOKIE, cookie)], Redirect::to(own_page(asked.back.as_deref()))).into_response()
}
