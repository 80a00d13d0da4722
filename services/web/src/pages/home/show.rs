//! The home of whoever is signed in, by their role.

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::Form;
use proto::identity::v1::Role;

use super::{
    coordinator_home,
    destination_home::{self, Typed},
    menu::ENTRY,
};
use crate::{
    shell::{Layout, Link, PageError, SignedIn},
    ui::{Text, render},
};

/// For roles that no request waits for.
#[derive(Template)]
#[template(path = "home/other.html")]
struct OtherHome {
    text: Text,
    layout: Layout,
    role: String,
    /// The other links of the role.
    links: Vec<Link>,
    /// Whether the person could work in another role.
    has_others: bool,
}

pub(super) async fn show(user: SignedIn) -> Result<Response, PageError> {
    match user.session.role() {
        Role::PlacingCoordinator | Role::ReceivingCoordinator => coordinator_home::show(&user).await,
        Role::DestinationCoordinator | Role::DestinationMonitor => {
            destination_home::show(&user, &Typed::default()).await
        }
        role => Ok(other_home(&user, role)),
    }
}

/// The cards in another language, with what was typed on one of them.
pub(super) async fn again(user: SignedIn, Form(typed): Form<Typed>) -> Result<Response, PageError> {
    match (user.redraw, user.session.role()) {
        (Some(_), Role::DestinationCoordinator) => destination_home::show(&user, &typed).await,
        _ => Ok(Redirect::to("/").into_response()),
    }
}

fn other_home(user: &SignedIn, role: Role) -> Response {
    let text = user.text();
    let mut links = user.layout(ENTRY).links;
    links.retain(|link| !link.current);
    let has_others = user.session.me.roles.len() > 1;
    render(&OtherHome { text, layout: user.layout(ENTRY), role: text.role(role), links, has_others }).into_response()
}
