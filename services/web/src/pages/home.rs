//! What awaits me: counts that lead to exactly what they count, then the work itself. Who answers for destinations does all
//! of it here (domain §18).

mod agent;
mod desk;
mod room;
mod worklist;

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::Form;
use proto::identity::v1::Role;

pub(crate) use agent::Typed;

use crate::{
    failure::{Trouble, render},
    frame::{Frame, Link, Room},
    text::Text,
    visitor::SignedIn,
};

/// For roles that no request waits for.
#[derive(Template)]
#[template(path = "home/elsewhere.html")]
struct Elsewhere {
    text: Text,
    frame: Frame,
    role: String,
    /// The other rooms of the role.
    rooms: Vec<Link>,
    /// Whether the person could work in another role.
    has_others: bool,
}

pub(crate) async fn show(who: SignedIn) -> Result<Response, Trouble> {
    match who.session.role() {
        Role::PlacingCoordinator | Role::ReceivingCoordinator => desk::show(&who).await,
        Role::DestinationCoordinator | Role::DestinationMonitor => agent::show(&who, &Typed::default()).await,
        role => Ok(elsewhere(&who, role)),
    }
}

/// The cards in another language, with what was typed on one of them.
pub(crate) async fn again(who: SignedIn, Form(typed): Form<Typed>) -> Result<Response, Trouble> {
    match (who.redraw, who.session.role()) {
        (Some(_), Role::DestinationCoordinator) => agent::show(&who, &typed).await,
        _ => Ok(Redirect::to("/").into_response()),
    }
}

fn elsewhere(who: &SignedIn, role: Role) -> Response {
    let text = who.text();
    let mut rooms = who.frame(Room::Home).links;
    rooms.retain(|link| !link.current);
    let has_others = who.session.me.roles.len() > 1;
    render(&Elsewhere { text, frame: who.frame(Room::Home), role: text.role(role), rooms, has_others }).into_response()
}
