//! The list as a file: the same question, all its pages, written as they arrive.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use futures::{StreamExt as _, stream};
use proto::placement::v1::{ListInboxRequest, PlacementRequest};
use tonic::Status;

use super::{
    filters::{Filters, SIZES},
    listing::{self, Listing},
    menu::title,
    row::waiting,
};
use crate::{
    shell::{PageError, SignedIn},
    ui::{Text, csv},
};

/// The columns, in order; `requests-column-<name>` is the key of each header.
const COLUMNS: [&str; 18] = [
    "reference",
    "state",
    "school",
    "program",
    "course",
    "agency",
    "site",
    "service",
    "destination",
    "start",
    "end",
    "students",
    "hours",
    "waiting",
    "due",
    "overdue",
    "changed",
    "id",
];

pub(crate) async fn show(user: SignedIn) -> Result<Response, PageError> {
    let filters = Filters::read(&user.here).seen_by(user.session.role());
    let mut question = filters.with(|_| ()).question(user.env.today());
    question.page_size = SIZES[SIZES.len() - 1];
    // The first page is read before the answer begins, so that a refusal is a page that says why, not half a file.
    let first = listing::read(&user, question.clone()).await?;
    let name = file_name(&user.text().t(title(user.session.role())), &user);
    let mut data = csv::BYTE_ORDER_MARK.as_bytes().to_vec();
    data.extend(csv::lines(user.locale, [header(user.text())]));
    data.extend(lines(&user, &first));
    let rest = stream::try_unfold((user, question, first.next), |(user, question, token)| async move {
        if token.is_empty() {
            return Ok::<_, Status>(None);
        }
        let page = listing::read(&user, ListInboxRequest { page_token: token, ..question.clone() }).await?;
        Ok(Some((lines(&user, &page), (user, question, page.next))))
    });
    let body = Body::from_stream(stream::iter([Ok(data)]).chain(rest));
    Ok(file(&name, body))
}

/// `outbox-2026-11-24.csv`, in the reader's language.
pub(crate) fn file_name(title: &str, user: &SignedIn) -> String {
    format!("{title} {}.csv", user.env.today())
}

/// An answer that browsers save under a name.
pub(crate) fn file(name: &str, body: Body) -> Response {
    // Names that are not ASCII are said twice (RFC 6266); what the plain form cannot hold is a low line there.
    let plain: String = name.chars().map(|c| if c.is_ascii() && !"\"\\".contains(c) { c } else { '_' }).collect();
    let escaped: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", escaped.replace('+', "%20"));
    let disposition = HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(csv::CONTENT_TYPE);
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], body).into_response()
}

fn header(text: Text) -> [String; COLUMNS.len()] {
    COLUMNS.map(|column| text.t(&format!("requests-column-{column}")))
}

fn lines(user: &SignedIn, page: &Listing) -> Vec<u8> {
    csv::lines(user.locale, page.requests.iter().map(|request| cells(user, request)))
}

fn cells(user: &SignedIn, request: &PlacementRequest) -> [String; COLUMNS.len()] {
    let text = user.text();
    let names = request.names.clone().unwrap_or_default();
    let yes = |is: bool| if is { text.t("requests-yes") } else { String::new() };
    [
        request.reference.clone(),
        text.state(request.state(), user.session.role()),
        names.placing_agency,
        text.pick(names.program.as_ref()),
        names.course,
        names.receiving_agency,
        names.site,
        text.pick(names.service.as_ref()),
        names.destination,
        request.start_date.clone(),
        request.end_date.clone(),
        request.student_count.to_string(),
        request.hours_per_student.to_string(),
        waiting(text, user.session.role(), request.waiting_for()),
        request.due_date.clone(),
        yes(request.overdue),
        yes(request.changed_by_others),
        request.id.clone(),
    ]
}
