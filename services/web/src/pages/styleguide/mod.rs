//! The parts that pages are made of, on one page: for those who build pages.

use askama::Template;
use axum::{
    Router,
    response::{IntoResponse as _, Response},
    routing::get,
};
use proto::{identity::v1::Role, placement::v1::State};

use crate::{
    shell::{AppState, Layout, PageSet, Visitor},
    ui::{FormErrors, Text, render},
};

pub(crate) const PAGES: PageSet = PageSet { routes, entry: None };

fn routes() -> Router<AppState> {
    Router::new().route("/styleguide", get(show))
}

#[derive(Template)]
#[template(path = "styleguide.html")]
struct Page {
    text: Text,
    layout: Layout,
    states: Vec<(State, String)>,
    errors: FormErrors,
}

async fn show(visitor: Visitor) -> Response {
    let mut layout = visitor.layout(None);
    let text = visitor.text();
    layout.flash = Some(text.with("done-role", &[("subject", "CR")]));
    let mut errors = FormErrors::default();
    errors.add("start_date", text.t("error-form"));
    let states =
        (1..).map_while(|n| State::try_from(n).ok()).map(|s| (s, text.state(s, Role::ReceivingCoordinator))).collect();
    render(&Page { text, layout, states, errors }).into_response()
}
