//! The page of what is done with many requests at once: how far it is, and what became of each. It has an address of its own, so
//! that neither Back nor Reload does anything twice, and whoever comes back finds the results.

use std::time::Duration;

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::Form;
use proto::{identity::v1::Role, placement::v1::State};
use serde::Deserialize;
use tracing::Instrument as _;
use uuid::Uuid;

use super::{
    super::{menu::ENTRY, row::page_of},
    jobs::{BulkJob, JobStore, Lease, Outcome, Part},
    prepare::{self, BulkForm, MOST, PREPARE},
    worker::Worker,
};
use crate::{
    pages::actions::{Action, named_for_many},
    shell::{AppState, Layout, PageError, Redraw, SignedIn},
    ui::{FormErrors, Text, render},
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
#[template(path = "requests/bulk_progress.html")]
struct Page<'a> {
    text: Text,
    layout: Layout,
    action: &'static Action,
    job: &'a BulkJob,
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
pub(super) struct StartForm {
    action: String,
    /// What takes part.
    row: Vec<String>,
    /// What could have been ticked.
    id: Vec<String>,
    reason_code: String,
    comment: String,
    back: Option<String>,
}

/// Begins, waits a little, and leads to the page that shows how far it is.
pub(super) async fn start(
    Shared(state): Shared<AppState>,
    user: SignedIn,
    Form(posted): Form<StartForm>,
) -> Result<Response, PageError> {
    let parts: Vec<_> = posted.row.iter().filter_map(|row| read(row)).take(MOST).collect();
    let unticked = posted.id.into_iter().filter(|id| parts.iter().all(|part| part.id != *id));
    let id = parts.iter().map(|part| part.id.clone()).chain(unticked).collect();
    let form = BulkForm {
        action: posted.action,
        id,
        reason_code: posted.reason_code,
        comment: posted.comment,
        back: posted.back,
    };
    let action = form.action(user.session.role())?;
    let mut errors = FormErrors::default();
    if action.required_reason().is_some() && form.reason_code.is_empty() && user.redraw != Some(Redraw::Typed) {
        errors.add("reason_code", user.text().t("requests-reason-missing"));
    }
    if parts.is_empty() {
        errors = FormErrors::whole(user.text().t("requests-none-picked-next"));
    }
    if user.redraw.is_some() || !errors.is_empty() {
        return prepare::show(&user, &form, errors).await;
    }
    let job = BulkJob {
        action: action.bulk_name().to_owned(),
        role: user.session.role().into(),
        back: form.back().to_owned(),
        reason_code: form.reason_code,
        comment: form.comment,
        parts,
    };
    let lease = JobStore::of(&state).begin(&user.session.key, &job).await?;
    let address = format!("{PREPARE}/{}", lease.id);
    let work = begin(&state, &user, action, lease, job);
    // It goes on, whether or not anybody waits for it.
    let _ = tokio::time::timeout(AT_ONCE, work).await;
    Ok(Redirect::to(&address).into_response())
}

fn begin(
    state: &AppState,
    user: &SignedIn,
    action: &'static Action,
    lease: Lease,
    job: BulkJob,
) -> tokio::task::JoinHandle<()> {
    let worker = Worker {
        api: user.api.clone(),
        text: user.text(),
        key: user.session.key.clone(),
        jobs: JobStore::of(state),
        lease,
        action,
    };
    let span = tracing::info_span!("bulk", otel.name = format!("bulk {}", action.bulk_name()), tandem.service = "web");
    tokio::spawn(worker.work(job).instrument(span))
}

/// How far it is. What a process has left in the middle goes on when somebody looks.
pub(super) async fn show(
    Shared(state): Shared<AppState>,
    user: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let (key, jobs) = (&user.session.key, JobStore::of(&state));
    let stored = jobs.find(key, id).await?.ok_or_else(PageError::missing)?;
    let role = Role::try_from(stored.job.role).unwrap_or_default();
    let action = named_for_many(role, &stored.job.action).ok_or_else(PageError::missing)?;
    let is_same_role = role == user.session.role();
    let lease = if is_same_role { jobs.take(key, id, &stored).await? } else { None };
    if let Some(lease) = lease {
        begin(&state, &user, action, lease, stored.job.clone());
    }
    Ok(render(&page(&user, action, id, &stored.job)).into_response())
}

fn page<'a>(user: &SignedIn, action: &'static Action, id: Uuid, job: &'a BulkJob) -> Page<'a> {
    let here = format!("{PREPARE}/{id}");
    let rows: Vec<_> = job.parts.iter().map(|part| row(user, &here, part)).collect();
    let count = |is: fn(&Row) -> bool| u32::try_from(rows.iter().filter(|row| is(row)).count()).unwrap_or(u32::MAX);
    let (done, refused) =
        (count(|row| matches!(row.result, Some(Ok(_)))), count(|row| matches!(row.result, Some(Err(_)))));
    Page {
        text: user.text(),
        layout: user.layout(ENTRY),
        action,
        job,
        done,
        refused,
        over: done + refused,
        all: count(|_| true),
        rows,
    }
}

fn row(user: &SignedIn, here: &str, part: &Part) -> Row {
    let result = part.outcome.as_ref().map(|outcome| match outcome {
        Outcome::Done(state) => {
            let state = State::try_from(*state).unwrap_or_default();
            Ok((state, user.text().state(state, user.session.role())))
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
    let despite = words.next().unwrap_or_default();
    Some(Part { id, etag, call, reference, despite, outcome: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_carried() {
        let part = read("01a2 7 01a3 QC-7F3K-29").unwrap();
        assert_eq!((&*part.id, &*part.etag, &*part.call, &*part.reference), ("01a2", "7", "01a3", "QC-7F3K-29"));
        assert_eq!(part.despite, "");
        let despite = read("01a2 7 01a3 QC-7F3K-29 MISFIT_CLOSED,MISFIT_CAPACITY").unwrap().despite;
        assert_eq!(despite, "MISFIT_CLOSED,MISFIT_CAPACITY");
        assert_eq!(read("01a2 7"), None);
    }
}
