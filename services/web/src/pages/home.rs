//! What awaits me.

use askama::Template;
use axum::response::{IntoResponse as _, Response};

use crate::{
    failure::{Trouble, render},
    frame::{Frame, Room},
    text::Text,
    visitor::SignedIn,
};

#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    text: Text,
    frame: Frame,
}

pub(crate) async fn show(signed_in: SignedIn) -> Result<Response, Trouble> {
    Ok(render(&Page { text: signed_in.text(), frame: signed_in.frame(Room::Home) }).into_response())
}
