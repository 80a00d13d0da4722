//! The home of a coordinator, on either side: the counts, and the first requests that wait for an action.

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use proto::{identity::v1::Role, placement::v1::PlacementRequest};
use tonic::Status;

use super::worklist::{self, Tile};
use crate::{
    failure::{Trouble, render},
    frame::{Frame, Room},
    pages::requests::{self, Filters, LIST, Row},
    text::Text,
    visitor::SignedIn,
};

/// How many requests are shown.
const MOST: i32 = 10;

#[derive(Template)]
#[template(path = "home/desk.html")]
struct Page {
    text: Text,
    frame: Frame,
    school: bool,
    tiles: Vec<Tile>,
    rows: Vec<Row>,
    /// The list of all that waits.
    all: String,
}

pub(super) async fn show(who: &SignedIn) -> Result<Response, Trouble> {
    let (text, role) = (who.text(), who.session.role());
    let items = worklist::read(who).await?;
    let (waiting, all) = match worklist::own_turn(&items) {
        Some(filters) => (waiting(who, &filters).await?, filters.address(LIST)),
        None => (Vec::new(), LIST.to_owned()),
    };
    let page = Page {
        text,
        frame: who.frame(Room::Home),
        school: role == Role::PlacingCoordinator,
        tiles: worklist::tiles(text, who.session.role(), &items),
        rows: Row::all(text, role, "/", &waiting),
        all,
    };
    Ok(render(&page).into_response())
}

/// The first that wait: those that are late, then those that begin first.
async fn waiting(who: &SignedIn, filters: &Filters) -> Result<Vec<PlacementRequest>, Status> {
    let today = who.env.today();
    let late = Filters { overdue: true, ..filters.clone() };
    let first = |filters: &Filters| {
        let mut question = filters.question(today);
        question.page_size = MOST;
        requests::read(who, question)
    };
    let (late, all) = tokio::try_join!(first(&late), first(filters))?;
    Ok(merged(late.requests, all.requests))
}

fn merged(late: Vec<PlacementRequest>, all: Vec<PlacementRequest>) -> Vec<PlacementRequest> {
    let mut merged = late;
    for request in all {
        if !merged.iter().any(|known| known.id == request.id) {
            merged.push(request);
        }
    }
    merged.truncate(usize::try_from(MOST).unwrap_or(0));
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_comes_first_and_nothing_twice() {
        let request = |id: &str| PlacementRequest { id: id.into(), ..PlacementRequest::default() };
        let merged = merged(vec![request("c")], ["a", "b", "c"].map(request).into());
        assert_eq!(merged.iter().map(|r| &*r.id).collect::<Vec<_>>(), ["c", "a", "b"]);
    }
}
