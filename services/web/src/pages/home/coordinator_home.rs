//! The home of a coordinator, on either side: the counts, and the first requests that wait for an action.

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use proto::{identity::v1::Role, placement::v1::PlacementRequestSummary};
use tonic::Status;

use super::{
    menu::ENTRY,
    worklist::{self, Tile},
};
use crate::{
    pages::requests::{self, Filters, LIST, Row},
    shell::{Layout, PageError, SignedIn},
    ui::{Text, render},
};

/// How many requests are shown.
const MOST: i32 = 10;

#[derive(Template)]
#[template(path = "home/coordinator.html")]
struct Page {
    text: Text,
    layout: Layout,
    school: bool,
    tiles: Vec<Tile>,
    rows: Vec<Row>,
    /// The list of all that waits.
    all: String,
}

pub(super) async fn show(user: &SignedIn) -> Result<Response, PageError> {
    let (text, role) = (user.text(), user.session.role());
    let items = worklist::read(user).await?;
    let (waiting, all) = match worklist::own_turn(&items) {
        Some(filters) => (waiting(user, &filters).await?, filters.address(LIST)),
        None => (Vec::new(), LIST.to_owned()),
    };
    let page = Page {
        text,
        layout: user.layout(ENTRY),
        school: role == Role::PlacingCoordinator,
        tiles: worklist::tiles(text, user.session.role(), &items),
        rows: Row::all(text, role, "/", waiting),
        all,
    };
    Ok(render(&page).into_response())
}

/// The first that wait: those that are late, then those that begin first.
async fn waiting(user: &SignedIn, filters: &Filters) -> Result<Vec<PlacementRequestSummary>, Status> {
    let today = user.env.today();
    let late = Filters { overdue: true, ..filters.clone() };
    let first = |filters: &Filters| {
        let mut question = filters.question(today);
        question.page_size = MOST;
        requests::read_summaries(user, question)
    };
    let (late, all) = tokio::try_join!(first(&late), first(filters))?;
    Ok(merged(late.requests, all.requests))
}

fn merged(late: Vec<PlacementRequestSummary>, all: Vec<PlacementRequestSummary>) -> Vec<PlacementRequestSummary> {
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
        let request = |id: &str| PlacementRequestSummary { id: id.into(), ..Default::default() };
        let merged = merged(vec![request("c")], ["a", "b", "c"].map(request).into());
        assert_eq!(merged.iter().map(|r| &*r.id).collect::<Vec<_>>(), ["c", "a", "b"]);
    }
}
