//! The report on requests (domain §14.2): sums, states and delays of what the person's role sees; on screen and as a file.

use askama::Template;
use axum::{
    body::Body,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use futures::TryStreamExt as _;
use jiff::tz::TimeZone;
use proto::{
    identity::v1::Role,
    placement::v1::State,
    reporting::v1::{
        ExportRequestReportRequest, ListRequestReportRequest, ListRequestReportResponse, RequestReportFilter,
        RequestReportRow, RequestReportSummary,
    },
};
use tonic::Status;

use super::menu::ENTRY;
use crate::{
    api::{Reasons, instant},
    pages::requests::{self, Filters, Periods, StateChoice},
    shell::{Layout, PageError, SignedIn},
    ui::{Choice, FormErrors, Pager, Text, csv_file, render},
};

pub(super) const PAGE: &str = "/reports";
pub(super) const FILE: &str = "/reports.csv";
const ROWS: i32 = 100;

/// How many requests stand in a state.
struct Bar {
    state: State,
    label: String,
    count: i32,
    /// Length in hundredths of the longest one.
    share: i32,
}

struct Row {
    address: String,
    reference: String,
    state: State,
    state_label: String,
    school: String,
    program: String,
    site: String,
    unit: String,
    from: String,
    to: String,
    reason: String,
    /// What stands in [`COLUMNS`].
    cells: Vec<String>,
}

/// A column that holds one thing.
struct Column {
    label: &'static str,
    class: &'static str,
    show: fn(&RequestReportRow, Text, &TimeZone) -> String,
}

/// Those behind the columns that hold several.
const COLUMNS: &[Column] = &[
    Column { label: "requests-column-students", class: "number", show: |row, _, _| row.student_count.to_string() },
    Column { label: "reports-sent", class: "nowrap", show: sent_on },
    Column { label: "reports-answer", class: "nowrap", show: answered_after },
    Column { label: "reports-confirmation", class: "nowrap", show: confirmed_after },
];

#[derive(Template)]
#[template(path = "reports/requests.html")]
struct Page {
    text: Text,
    layout: Layout,
    filters: Filters,
    errors: FormErrors,
    states: Vec<StateChoice>,
    periods: Periods,
    sites: Vec<Choice>,
    programs: Vec<Choice>,
    summary: RequestReportSummary,
    bars: Vec<Bar>,
    rows: Vec<Row>,
    pager: Pager,
    file: String,
}

pub(super) async fn show(user: SignedIn) -> Result<Response, PageError> {
    let filters = Filters::read(&user.here).seen_by(user.session.role());
    let (text, role, today) = (user.text(), user.session.role(), user.env.today());
    let report = read(&user, &filters);
    let (report, terms, sites, programs, reasons) = tokio::join!(
        report,
        requests::terms(&user),
        requests::sites(&user, &filters.site),
        requests::programs(&user, &filters.program),
        Reasons::read(&user.api),
    );
    let (report, errors) = match report {
        Ok(report) => (report, FormErrors::default()),
        Err(status) => (ListRequestReportResponse::default(), FormErrors::of(status)?),
    };
    let (reasons, summary) = (reasons?, report.summary.unwrap_or_default());
    let (zone, here) = (&user.env.zone, filters.address(PAGE));
    let page = Page {
        text,
        layout: user.layout(ENTRY),
        states: requests::states(text, role, &filters.states),
        periods: Periods::of(text, &terms?, &filters.period, "reports-period", false, today),
        sites: requests::with_chosen(text, sites?, &filters.site),
        programs: programs?,
        bars: bars(text, role, &summary),
        rows: report.rows.iter().map(|row| shown((text, role), &reasons, (zone, &here), row)).collect(),
        summary,
        pager: Pager::new(text, &filters.trail, (report.rows.len(), ROWS), &report.next_page_token, |trail| {
            filters.on(trail).address(PAGE)
        }),
        file: filters.with(|_| ()).address(FILE),
        errors,
        filters,
    };
    let status = if page.errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    Ok((status, render(&page)).into_response())
}

async fn read(user: &SignedIn, filters: &Filters) -> Result<ListRequestReportResponse, Status> {
    let message = ListRequestReportRequest {
        filter: Some(filter(user, filters)),
        page_size: ROWS,
        page_token: filters.trail.token().to_owned(),
    };
    Ok(user.api.reports().list_request_report(message).await?.into_inner())
}

/// As the contract asks it.
fn filter(user: &SignedIn, filters: &Filters) -> RequestReportFilter {
    let span = requests::span(&filters.period, &filters.from, &filters.to, user.env.today());
    RequestReportFilter {
        from_date: span.from,
        to_date: span.to,
        states: filters.states.iter().map(|state| i32::from(*state)).collect(),
        site_id: filters.site.clone(),
        program_id: filters.program.clone(),
    }
}

/// The file passes through as it arrives: the browser never holds a token of the API.
pub(super) async fn file(user: SignedIn) -> Result<Response, PageError> {
    let filter = Some(filter(&user, &Filters::read(&user.here).seen_by(user.session.role())));
    let pieces = user.api.reports().export_request_report(ExportRequestReportRequest { filter }).await?.into_inner();
    let name = requests::file_name(&user.text().t("reports-title"), &user);
    Ok(csv_file(&name, Body::from_stream(pieces.map_ok(|piece| piece.data))))
}

fn bars(text: Text, role: Role, summary: &RequestReportSummary) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    for counted in &summary.states {
        let (label, count) = (text.state(counted.state(), role), counted.requests);
        // What somebody cannot tell apart is counted together.
        match bars.iter_mut().find(|bar| bar.label == label) {
            Some(bar) => bar.count = bar.count.saturating_add(count),
            None => bars.push(Bar { state: counted.state(), label, count, share: 0 }),
        }
    }
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(1).max(1);
    bars.iter_mut().for_each(|bar| bar.share = bar.count.saturating_mul(100) / most);
    bars
}

fn shown(
    (text, role): (Text, Role),
    reasons: &Reasons,
    (zone, here): (&TimeZone, &str),
    row: &RequestReportRow,
) -> Row {
    let unit: Vec<_> = [&*row.service, &*row.destination].into_iter().filter(|name| !name.is_empty()).collect();
    Row {
        address: requests::page_of(&row.placement_request_id, here),
        reference: row.reference.clone(),
        state: row.state(),
        state_label: text.state(row.state(), role),
        school: row.placing_agency.clone(),
        program: row.program.clone(),
        site: row.site.clone(),
        unit: unit.join(" · "),
        from: text.short_day(&row.start_date),
        to: text.short_day(&row.end_date),
        cells: COLUMNS.iter().map(|column| (column.show)(row, text, zone)).collect(),
        reason: if row.reason_code.is_empty() { String::new() } else { reasons.name(text, &row.reason_code) },
    }
}

/// The day on which it was sent, in the province.
fn sent_on(row: &RequestReportRow, text: Text, zone: &TimeZone) -> String {
    let Some(time) = &row.sent_time else { return String::new() };
    text.short_day(&instant(Some(time)).to_zoned(zone.clone()).date().to_string())
}

fn answered_after(row: &RequestReportRow, text: Text, _: &TimeZone) -> String {
    delay(text, row.answer_delay_days, row.answered_time.is_some())
}

fn confirmed_after(row: &RequestReportRow, text: Text, _: &TimeZone) -> String {
    delay(text, row.confirmation_delay_days, row.confirmed_time.is_some())
}

/// How long something took; where it has not come, how long it has been awaited.
fn delay(text: Text, days: i32, has_come: bool) -> String {
    match days {
        ..0 => String::new(),
        days if has_come => text.n("reports-days", days),
        days => text.n("reports-days-open", days),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;
    use proto::reporting::v1::StateCount;

    use super::*;

    #[test]
    fn the_longest_bar_is_full_and_the_others_are_shares_of_it() {
        let count = |state: State, requests| StateCount { state: state.into(), requests };
        let states = vec![count(State::Sent, 10), count(State::Confirmed, 40), count(State::Cancelled, 0)];
        let bars = bars(
            Text(Locale::En),
            Role::PlacingCoordinator,
            &RequestReportSummary { states, ..RequestReportSummary::default() },
        );
        assert_eq!(bars.iter().map(|bar| bar.share).collect::<Vec<_>>(), [25, 100, 0]);
    }

    #[test]
    fn a_delay_that_does_not_exist_stays_empty() {
        let row = RequestReportRow { answer_delay_days: 0, confirmation_delay_days: -1, ..RequestReportRow::default() };
        let row =
            shown((Text(Locale::En), Role::PlacingCoordinator), &Reasons::default(), (&TimeZone::UTC, PAGE), &row);
        assert_eq!(row.cells, ["0", "", "none yet, after 0\u{a0}days", ""]);
    }
}
