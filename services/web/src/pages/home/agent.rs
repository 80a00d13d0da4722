//! The single screen of those who answer for destinations (domain §18): each request that waits for an answer as a card with
//! one button for each decision; below, what was answered and who comes.

use std::collections::HashMap;

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use proto::{
    configuration::v1::ReasonUse,
    placement::v1::{Action, PlacementRequest, WorklistKind},
};
use tonic::Status;
use uuid::Uuid;

use super::{
    room::{self, Room},
    worklist::{self, Tile},
};
use crate::{
    failure::{Trouble, render},
    frame::{self, Frame},
    lookups::Reasons,
    pages::requests::{self, Choice, Filters, LIST, Row},
    text::Text,
    visitor::SignedIn,
};

/// How many cards, and how many rows below.
const MOST_CARDS: i32 = 20;
const MOST_ROWS: i32 = 10;

/// A request that waits for an answer.
struct Card {
    row: Row,
    etag: String,
    /// Id of the answer to be, so that a double click answers once.
    accept_id: Uuid,
    decline_id: Uuid,
    hours: i32,
    comment: String,
    room: Option<Room>,
    /// Whether this person may answer.
    answers: bool,
}

/// Rows below the cards, and where all of them are.
struct Rest {
    rows: Vec<Row>,
    all: String,
}

#[derive(Template)]
#[template(path = "home/agent.html")]
struct Page {
    text: Text,
    frame: Frame,
    tiles: Vec<Tile>,
    cards: Vec<Card>,
    /// All that waits, if there is more than the cards.
    more: Option<String>,
    reasons: Vec<Choice>,
    answered: Rest,
    coming: Rest,
}

pub(super) async fn show(who: &SignedIn) -> Result<Response, Trouble> {
    let text = who.text();
    let items = worklist::read(who).await?;
    let pending = worklist::of_kind(&items, WorklistKind::Pending);
    let waiting = async {
        let waiting = first(who, &pending, MOST_CARDS).await?;
        let rooms = room::of(who, &waiting.requests).await?;
        Ok::<_, Status>((waiting, rooms))
    };
    let ((waiting, rooms), reasons, answered, coming) = tokio::try_join!(
        waiting,
        Reasons::read(&who.api),
        rest(who, worklist::of_kind(&items, WorklistKind::Answered)),
        rest(who, worklist::of_kind(&items, WorklistKind::Confirmed)),
    )?;
    let reasons = reasons.offered(ReasonUse::Decline);
    let page = Page {
        text,
        frame: who.frame(frame::Room::Home),
        tiles: worklist::tiles(text, who.session.role(), &items),
        more: (!waiting.next.is_empty()).then(|| pending.address(LIST)),
        cards: cards(who, &waiting.requests, rooms),
        reasons: reasons.map(|r| Choice::new(&r.code, text.pick(r.name.as_ref()), "")).collect(),
        answered,
        coming,
    };
    Ok(render(&page).into_response())
}

async fn first(who: &SignedIn, filters: &Filters, most: i32) -> Result<requests::Listing, Status> {
    let mut question = filters.question(who.env.today());
    question.page_size = most;
    requests::read(who, question).await
}

async fn rest(who: &SignedIn, filters: Filters) -> Result<Rest, Status> {
    let listing = first(who, &filters, MOST_ROWS).await?;
    let rows = Row::all(who.text(), who.session.role(), "/", &listing.requests);
    Ok(Rest { rows, all: filters.address(LIST) })
}

fn cards(who: &SignedIn, requests: &[PlacementRequest], mut rooms: HashMap<String, Room>) -> Vec<Card> {
    let card = |request: &PlacementRequest| Card {
        row: Row::of(who.text(), who.session.role(), "/", request),
        etag: request.etag.clone(),
        accept_id: who.env.ids.next(),
        decline_id: who.env.ids.next(),
        hours: request.hours_per_student,
        comment: request.comment.clone(),
        room: rooms.remove(&request.id),
        answers: request.actions.contains(&i32::from(Action::AnswerAtDestination)),
    };
    requests.iter().map(card).collect()
}
