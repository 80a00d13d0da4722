//! The single screen of those who answer for destinations (domain §18): each request that waits for an answer as a card with
//! one button for each decision; below, what was answered and who comes.

use std::collections::HashMap;

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use proto::{
    configuration::v1::{Reason, ReasonUse},
    placement::v1::{Action, PlacementRequest, WorklistKind},
};
use serde::Deserialize;
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
    /// What was typed beside a yes; empty where nothing was.
    accepts_with: String,
    /// What was typed for a no.
    declines: Option<Typed>,
    /// The reasons of a no.
    reasons: Vec<Choice>,
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
    answered: Rest,
    coming: Rest,
}

/// What was typed on a card that is shown again.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    /// The request of the card.
    card: String,
    declines: bool,
    reason_code: String,
    comment: String,
}

impl Card {
    fn declines_with(&self) -> &str {
        self.declines.as_ref().map_or("", |typed| &typed.comment)
    }
}

pub(super) async fn show(who: &SignedIn, typed: &Typed) -> Result<Response, Trouble> {
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
    let page = Page {
        text,
        frame: who.frame(frame::Room::Home),
        tiles: worklist::tiles(text, who.session.role(), &items),
        more: (!waiting.next.is_empty()).then(|| pending.address(LIST)),
        cards: cards(who, &waiting.requests, rooms, &reasons, typed),
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

fn cards(
    who: &SignedIn,
    requests: &[PlacementRequest],
    mut rooms: HashMap<String, Room>,
    reasons: &Reasons,
    typed: &Typed,
) -> Vec<Card> {
    let card = |request: &PlacementRequest| {
        let typed = (typed.card == request.id).then_some(typed);
        let declines = typed.filter(|typed| typed.declines).cloned();
        let reason = declines.as_ref().map_or("", |typed| &typed.reason_code);
        let choice = |r: &Reason| Choice::new(&r.code, who.text().pick(r.name.as_ref()), reason);
        Card {
            accepts_with: typed.filter(|typed| !typed.declines).map(|typed| typed.comment.clone()).unwrap_or_default(),
            reasons: reasons.offered(ReasonUse::Decline).map(choice).collect(),
            declines,
            row: Row::of(who.text(), who.session.role(), "/", request),
            etag: request.etag.clone(),
            accept_id: who.env.ids.next(),
            decline_id: who.env.ids.next(),
            hours: request.hours_per_student,
            comment: request.comment.clone(),
            room: rooms.remove(&request.id),
            answers: request.actions.contains(&i32::from(Action::AnswerAtDestination)),
        }
    };
    requests.iter().map(card).collect()
}
