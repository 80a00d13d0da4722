//! The single screen of those who answer for destinations (domain §18): each request that waits for an answer as a card with
//! one button for each decision; below, what was answered and who comes.

use std::collections::HashMap;

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use proto::{
    configuration::v1::{Reason, ReasonUse},
    placement::v1::{ListInboxRequest, PlacementRequest, WorklistKind},
};
use serde::Deserialize;
use tonic::Status;
use uuid::Uuid;

use super::{
    capacity::{self, FullestWeek},
    menu::ENTRY,
    worklist::{self, Tile},
};
use crate::{
    api::Reasons,
    pages::actions::{ACCEPT_AT_DESTINATION, DECLINE_AT_DESTINATION},
    pages::requests::{self, Filters, LIST, Row},
    shell::{Layout, PageError, SignedIn},
    ui::{Choice, Text, render},
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
    fullest_week: Option<FullestWeek>,
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
#[template(path = "home/destination.html")]
struct Page {
    text: Text,
    layout: Layout,
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

pub(super) async fn show(user: &SignedIn, typed: &Typed) -> Result<Response, PageError> {
    let text = user.text();
    let items = worklist::read(user).await?;
    let pending = worklist::of_kind(&items, WorklistKind::Pending);
    let waiting = async {
        let waiting = requests::read(user, first(user, &pending, MOST_CARDS)).await?;
        let weeks_by_request = capacity::of(user, &waiting.requests).await?;
        Ok::<_, Status>((waiting, weeks_by_request))
    };
    let ((waiting, weeks_by_request), reasons, answered, coming) = tokio::try_join!(
        waiting,
        Reasons::read(&user.api),
        rest(user, worklist::of_kind(&items, WorklistKind::Answered)),
        rest(user, worklist::of_kind(&items, WorklistKind::Confirmed)),
    )?;
    let page = Page {
        text,
        layout: user.layout(ENTRY),
        tiles: worklist::tiles(text, user.session.role(), &items),
        more: (!waiting.next.is_empty()).then(|| pending.address(LIST)),
        cards: cards(user, &waiting.requests, weeks_by_request, &reasons, typed),
        answered,
        coming,
    };
    Ok(render(&page).into_response())
}

/// The first so many.
fn first(user: &SignedIn, filters: &Filters, most: i32) -> ListInboxRequest {
    ListInboxRequest { page_size: most, ..filters.question(user.env.today()) }
}

async fn rest(user: &SignedIn, filters: Filters) -> Result<Rest, Status> {
    let listing = requests::read_summaries(user, first(user, &filters, MOST_ROWS)).await?;
    let rows = Row::all(user.text(), user.session.role(), "/", listing.requests);
    Ok(Rest { rows, all: filters.address(LIST) })
}

fn cards(
    user: &SignedIn,
    requests: &[PlacementRequest],
    mut weeks_by_request: HashMap<String, FullestWeek>,
    reasons: &Reasons,
    typed: &Typed,
) -> Vec<Card> {
    let card = |request: &PlacementRequest| {
        let typed = (typed.card == request.id).then_some(typed);
        let declines = typed.filter(|typed| typed.declines).cloned();
        let reason = declines.as_ref().map_or("", |typed| &typed.reason_code);
        let choice = |r: &Reason| Choice::new(&r.code, user.text().pick(r.name.as_ref()), reason);
        Card {
            accepts_with: typed.filter(|typed| !typed.declines).map(|typed| typed.comment.clone()).unwrap_or_default(),
            reasons: reasons.offered(ReasonUse::Decline).map(choice).collect(),
            declines,
            row: Row::of_whole(user.text(), user.session.role(), "/", request),
            etag: request.etag.clone(),
            accept_id: user.env.ids.next(),
            decline_id: user.env.ids.next(),
            hours: request.hours_per_student,
            comment: request.comment.clone(),
            fullest_week: weeks_by_request.remove(&request.id),
            answers: ACCEPT_AT_DESTINATION.is_offered(request) && DECLINE_AT_DESTINATION.is_offered(request),
        }
    };
    requests.iter().map(card).collect()
}
