//! The parts that pages are made of, on one page: for those who build pages.

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use proto::{identity::v1::Role, placement::v1::State};

use crate::{
    failure::render,
    faults::Faults,
    frame::{Frame, Room},
    text::Text,
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "styleguide.html")]
struct Page {
    text: Text,
    frame: Frame,
    states: Vec<(State, String)>,
    faults: Faults,
}

pub(crate) async fn show(visitor: Visitor) -> Response {
    let mut frame = visitor.frame(Room::None);
    let text = visitor.text();
    frame.flash = Some(text.with("done-role", &[("subject", "CR")]));
    let mut faults = Faults::default();
    faults.add("start_date", text.t("failure-form"));
    let states =
        (1..).map_while(|n| State::try_from(n).ok()).map(|s| (s, text.state(s, Role::ReceivingCoordinator))).collect();
    render(&Page { text, frame, states, faults }).into_response()
}
