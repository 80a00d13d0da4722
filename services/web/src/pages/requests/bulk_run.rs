//! The page of what is done with many requests at once: how far it is, and what became of each. It has an address of its own, so
//! that neither Back nor Reload does anything twice, and whoever comes back finds the results.

use std::time::Duration;

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::Form;
use proto::placement::v1::State;
use serde::Deserialize;
use tracing::Instrument as _;
use uuid::Uuid;

use super::{
    bulk::{self, Bulk, Given, MOST, PREPARE},
    bulk_ledger::{Hold, Outcome, Part, Run},
    bulk_work::Worker,
    row::page_of,
};
use crate::{
    Pages,
    failure::{Trouble, render},
    faults::Faults,
    frame::{Frame, Room},
    redraw::Redraw,
    text::Text,
    visitor::SignedIn,
};

/// What is done within this time needs no page that shows how far it is.
const AT_ONCE: Duration = Duration::from_millis(400);

/// A request on the page.
struct Row {
    id: String,
    reference: String,
    /// Its page; none for what is gone.
    address: Option<String>,
    /// The state that it has come to, with its name; the refusal otherwise; nothing yet.
    result: Option<Result<(State, String), String>>,
}

#[derive(Template)]
#[template(path = "requests/bulk_run.html")]
struct Page<'a> {
    text: Text,
    frame: Frame,
    action: Bulk,
    run: &'a Run,
    done: u32,
    refused: u32,
    /// Done and refused, of all.
    over: u32,
    all: u32,
    rows: Vec<Row>,
}

impl Page<'_> {
    fn is_over(&self) -> bool {
        self.over == self.all
    }

    fn progress(&self) -> String {
        let (over, all) = (self.text.number(self.over), self.text.number(self.all));
        self.text.with("requests-progress", &[("over", &over), ("all", &all)])
    }
}

/// What the page before carried, and what was typed there.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    action: String,
    row: Vec<String>,
    reason_code: String,
    comment: String,
    back: Option<String>,
}

/// Begins, waits a little, and leads to the page that shows how far it is.
pub(crate) async fn run(
    Shared(pages): Shared<Pages>,
    who: SignedIn,
    Form(asked): Form<Asked>,
) -> Result<Response, Trouble> {
    let parts: Vec<_> = asked.row.iter().filter_map(|row| read(row)).take(MOST).collect();
    let given = Given {
        action: asked.action,
        id: parts.iter().map(|part| part.id.clone()).collect(),
        reason_code: asked.reason_code,
        comment: asked.comment,
        back: asked.back,
    };
    let action = given.action(who.session.role())?;
    let mut faults = Faults::default();
    if action.reason().is_some() && given.reason_code.is_empty() && who.redraw != Some(Redraw::Typed) {
        faults.add("reason_code", who.text().t("requests-reason-missing"));
    }
    if who.redraw.is_some() || !faults.is_empty() || parts.is_empty() {
        return bulk::show(&who, &given, faults).await;
    }
    let run = Run {
        action: action.name().to_owned(),
        role: who.session.role().into(),
        back: given.back().to_owned(),
        reason_code: given.reason_code,
        comment: given.comment,
        parts,
    };
    let hold = pages.ledger.begin(&who.session.key, &run).await?;
    let address = format!("{PREPARE}/{}", hold.id);
    let work = begin(&pages, &who, action, hold, run);
    // It goes on, whether or not anybody waits for it.
    let _ = tokio::time::timeout(AT_ONCE, work).await;
    Ok(Redirect::to(&address).into_response())
}

fn begin(pages: &Pages, who: &SignedIn, action: Bulk, hold: Hold, run: Run) -> tokio::task::JoinHandle<()> {
    let worker = Worker {
        api: who.api.clone(),
        text: who.text(),
        role: who.session.role(),
        key: who.session.key.clone(),
        ledger: pages.ledger.clone(),
        hold,
        action,
    };
    let span = tracing::info_span!("bulk", otel.name = format!("bulk {}", action.name()), tandem.service = "web");
    tokio::spawn(worker.work(run).instrument(span))
}

/// How far it is. What a process has left in the middle goes on when somebody looks.
pub(crate) async fn show(
    Shared(pages): Shared<Pages>,
    who: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let key = &who.session.key;
    let kept = pages.ledger.find(key, id).await?.ok_or_else(Trouble::missing)?;
    let action = Bulk::named(&kept.run.action).ok_or_else(Trouble::missing)?;
    let is_same_role = kept.run.role == i32::from(who.session.role());
    let hold = if is_same_role { pages.ledger.take(key, id, &kept).await? } else { None };
    if let Some(hold) = hold {
        begin(&pages, &who, action, hold, kept.run.clone());
    }
    Ok(render(&page(&who, action, id, &kept.run)).into_response())
}

fn page<'a>(who: &SignedIn, action: Bulk, id: Uuid, run: &'a Run) -> Page<'a> {
    let here = format!("{PREPARE}/{id}");
    let rows: Vec<_> = run.parts.iter().map(|part| row(who, &here, part)).collect();
    let count = |is: fn(&Row) -> bool| u32::try_from(rows.iter().filter(|row| is(row)).count()).unwrap_or(u32::MAX);
    let (done, refused) =
        (count(|row| matches!(row.result, Some(Ok(_)))), count(|row| matches!(row.result, Some(Err(_)))));
    Page {
        text: who.text(),
        frame: who.frame(Room::Requests),
        action,
        run,
        done,
        refused,
        over: done + refused,
        all: count(|_| true),
        rows,
    }
}

fn row(who: &SignedIn, here: &str, part: &Part) -> Row {
    let result = part.outcome.as_ref().map(|outcome| match outcome {
        Outcome::Done(state) => {
            let state = State::try_from(*state).unwrap_or_default();
            Ok((state, who.text().state(state, who.session.role())))
        }
        Outcome::Refused(why) => Err(why.clone()),
    });
    let is_gone = matches!(result, Some(Ok((State::Deleted, _))));
    Row {
        id: part.id.clone(),
        reference: part.reference.clone(),
        address: (!is_gone).then(|| page_of(&part.id, here)),
        result,
    }
}

/// One of the requests, as it was carried.
fn read(carried: &str) -> Option<Part> {
    let mut words = carried.split(' ').map(str::to_owned);
    let (id, etag, call, reference) = (words.next()?, words.next()?, words.next()?, words.next()?);
    Some(Part { id, etag, call, reference, outcome: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_carried() {
        let part = read("01a2 7 01a3 QC-7F3K-29").unwrap();
        assert_eq!((&*part.id, &*part.etag, &*part.call, &*part.reference), ("01a2", "7", "01a3", "QC-7F3K-29"));
        assert_eq!(read("01a2 7"), None);
    }
}
