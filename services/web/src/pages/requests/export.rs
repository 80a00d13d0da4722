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
    row::waiting,
    title,
};
use crate::{failure::Trouble, sheet, text::Text, visitor::SignedIn};

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

pub(crate) async fn show(who: SignedIn) -> Result<Response, Trouble> {
    let filters = Filters::read(&who.here).seen_by(who.session.role());
    let mut question = filters.with(|_| ()).question(who.env.today());
    question.page_size = SIZES[SIZES.len() - 1];
    // The first page is read before the answer begins, so that a refusal is a page that says why, not half a file.
    let first = listing::read(&who, question.clone()).await?;
    let name = file_name(&who.text().t(title(who.session.role())), &who);
    let mut data = sheet::BYTE_ORDER_MARK.as_bytes().to_vec();
    data.extend(sheet::lines(who.locale, [header(who.text())]));
    data.extend(lines(&who, &first));
    let rest = stream::try_unfold((who, question, first.next), |(who, question, token)| async move {
        if token.is_empty() {
            return Ok::<_, Status>(None);
        }
        let page = listing::read(&who, ListInboxRequest { page_token: token, ..question.clone() }).await?;
        Ok(Some((lines(&who, &page), (who, question, page.next))))
    });
    let body = Body::from_stream(stream::iter([Ok(data)]).chain(rest));
    Ok(file(&name, body))
}

/// `outbox-2026-11-24.csv`, in the reader's language.
pub(crate) fn file_name(title: &str, who: &SignedIn) -> String {
    format!("{title} {}.csv", who.env.today())
}

/// An answer that browsers save under a name.
pub(crate) fn file(name: &str, body: Body) -> Response {
    // Names that are not ASCII are said twice (RFC 6266); what the plain form cannot hold is a low line there.
    let plain: String = name.chars().map(|c| if c.is_ascii() && !"\"\\".contains(c) { c } else { '_' }).collect();
    let escaped: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", escaped.replace('+', "%20"));
    let disposition = HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(sheet::CONTENT_TYPE);
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], body).into_response()
}

fn header(text: Text) -> [String; COLUMNS.len()] {
    COLUMNS.map(|column| text.t(&format!("requests-column-{column}")))
}

fn lines(who: &SignedIn, page: &Listing) -> Vec<u8> {
    sheet::lines(who.locale, page.requests.iter().map(|request| cells(who, request)))
}

fn cells(who: &SignedIn, request: &PlacementRequest) -> [String; COLUMNS.len()] {
    let text = who.text();
    let names = request.names.clone().unwrap_or_default();
    let yes = |is: bool| if is { text.t("requests-yes") } else { String::new() };
    [
        request.reference.clone(),
        text.state(request.state(), who.session.role()),
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
        waiting(text, who.session.role(), request.waiting_for()),
        request.due_date.clone(),
        yes(request.overdue),
        yes(request.changed_by_others),
        request.id.clone(),
    ]
}
