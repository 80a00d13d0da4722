//! The list as a file: the same question, all its pages, written as they arrive.

use axum::{body::Body, response::Response};
use futures::{StreamExt as _, stream};
use proto::{
    identity::v1::Role,
    placement::v1::{ListInboxRequest, Names, PlacementRequest},
};
use tables::{Column, Csv};
use tonic::Status;

use super::{
    filters::{Filters, SIZES},
    listing::{self, Listing},
    menu::title,
    row::waiting,
};
use crate::{
    api::Reasons,
    shell::{PageError, SignedIn},
    ui::{Text, csv_file},
};

/// What cells are written with.
struct Reader {
    text: Text,
    role: Role,
    reasons: Reasons,
}

const COLUMNS: &[Column<PlacementRequest, Reader>] = &[
    Column { key: "reference", header, value: |request, _| request.reference.as_str().into() },
    Column { key: "state", header, value: |request, reader| reader.text.state(request.state(), reader.role).into() },
    Column { key: "school", header, value: |request, _| names(request).placing_agency.into() },
    Column {
        key: "program",
        header,
        value: |request, reader| reader.text.pick(names(request).program.as_ref()).into(),
    },
    Column { key: "course", header, value: |request, _| names(request).course.into() },
    Column { key: "agency", header, value: |request, _| names(request).receiving_agency.into() },
    Column { key: "site", header, value: |request, _| names(request).site.into() },
    Column {
        key: "service",
        header,
        value: |request, reader| reader.text.pick(names(request).service.as_ref()).into(),
    },
    Column { key: "destination", header, value: |request, _| names(request).destination.into() },
    Column { key: "start", header, value: |request, _| request.start_date.as_str().into() },
    Column { key: "end", header, value: |request, _| request.end_date.as_str().into() },
    Column {
        key: "days",
        header,
        value: |request, reader| reader.text.days(&request.weekdays, &request.shift_code).into(),
    },
    Column { key: "students", header, value: |request, _| request.student_count.into() },
    Column { key: "kind", header, value: |request, reader| reader.text.kind(request.kind()).into() },
    Column {
        key: "type",
        header,
        value: |request, reader| reader.text.pick(names(request).placement_type.as_ref()).into(),
    },
    Column { key: "hours", header, value: |request, _| request.hours_per_student.into() },
    Column { key: "comment", header, value: |request, _| request.comment.as_str().into() },
    Column { key: "reason", header, value: |request, reader| reason(reader, request).into() },
    Column { key: "answer", header, value: |request, _| request.answer_comment.as_str().into() },
    Column { key: "placing-coordinator", header, value: |request, _| names(request).placing_coordinator.into() },
    Column { key: "receiving-coordinator", header, value: |request, _| names(request).receiving_coordinator.into() },
    Column {
        key: "destination-coordinator",
        header,
        value: |request, _| names(request).destination_coordinator.into(),
    },
    Column {
        key: "waiting",
        header,
        value: |request, reader| waiting(reader.text, reader.role, request.waiting_for()).into(),
    },
    Column { key: "due", header, value: |request, _| request.due_date.as_str().into() },
    Column { key: "overdue", header, value: |request, reader| yes(reader, request.overdue).into() },
    Column { key: "changed", header, value: |request, reader| yes(reader, request.changed_by_others).into() },
    Column { key: "id", header, value: |request, _| request.id.as_str().into() },
];

fn header(reader: &Reader, key: &'static str) -> String {
    reader.text.t(&format!("requests-column-{key}"))
}

fn names(request: &PlacementRequest) -> Names {
    request.names.clone().unwrap_or_default()
}

/// Of the last answer or cancellation, in words.
fn reason(reader: &Reader, request: &PlacementRequest) -> String {
    if request.reason_code.is_empty() { String::new() } else { reader.reasons.name(reader.text, &request.reason_code) }
}

fn yes(reader: &Reader, is: bool) -> String {
    if is { reader.text.t("requests-yes") } else { String::new() }
}

pub(crate) async fn show(user: SignedIn) -> Result<Response, PageError> {
    let filters = Filters::read(&user.here).seen_by(user.session.role());
    let mut question = filters.with(|_| ()).question(user.env.today());
    question.page_size = SIZES[SIZES.len() - 1];
    // The first page is read before the answer begins, so that a refusal is a page that says why, not half a file.
    let first = listing::read(&user, question.clone()).await?;
    let reader = Reader { text: user.text(), role: user.session.role(), reasons: Reasons::read(&user.api).await? };
    let name = file_name(&user.text().t(title(user.session.role())), &user);
    let mut data = csv(&user).header(COLUMNS, &reader);
    data.extend(lines(&user, &reader, &first));
    let rest = stream::try_unfold((user, reader, question, first.next), |(user, reader, question, token)| async move {
        if token.is_empty() {
            return Ok::<_, Status>(None);
        }
        let page = listing::read(&user, ListInboxRequest { page_token: token, ..question.clone() }).await?;
        Ok(Some((lines(&user, &reader, &page), (user, reader, question, page.next))))
    });
    let body = Body::from_stream(stream::iter([Ok(data)]).chain(rest));
    Ok(csv_file(&name, body))
}

/// `outbox 2026-11-24`, in the reader's language.
pub(crate) fn file_name(title: &str, user: &SignedIn) -> String {
    format!("{title} {}", user.env.today())
}

fn csv(user: &SignedIn) -> Csv<'_> {
    Csv { locale: user.locale, zone: &user.env.zone }
}

fn lines(user: &SignedIn, reader: &Reader, page: &Listing<PlacementRequest>) -> Vec<u8> {
    csv(user).rows(COLUMNS, &page.requests, reader)
}
