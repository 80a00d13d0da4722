//! The report's messages.

use jiff::{Timestamp, tz::TimeZone};
use kernel::{Fields, Invalid, Locale};
use proto::reporting::v1::{RequestReportFilter, RequestReportRow, RequestReportSummary, StateCount};

use crate::{
    projections::{state_from_contract, state_to_contract},
    reports::domain::requests::{Filter, Row, StateSum, Summary},
};

/// The filter of a request; all requests where there is none.
///
/// # Errors
/// Every field that is malformed; `filter.to_date` where it lies before `filter.from_date`.
pub fn filter(message: Option<&RequestReportFilter>) -> Result<Filter, Invalid> {
    let Some(message) = message else { return Ok(Filter::default()) };
    let mut fields = Fields::default();
    let from = fields.optional_date("filter.from_date", &message.from_date);
    let to = fields.optional_date("filter.to_date", &message.to_date);
    if let (Some(Some(from)), Some(Some(to))) = (from, to)
        && to < from
    {
        fields.fault("filter.to_date", "DATE_REVERSED");
    }
    let mut states = Vec::new();
    for (index, number) in message.states.iter().enumerate() {
        match state_from_contract(*number) {
            Some(known) => states.push(known),
            None => fields.fault(format!("filter.states[{index}]"), "UNKNOWN_STATE"),
        }
    }
    let site = fields.optional_id("filter.site_id", &message.site_id);
    let program = fields.optional_id("filter.program_id", &message.program_id);
    fields.finish(|| Some(Filter { from: from?, to: to?, states, site: site?, program: program? }))
}

/// A row in the caller's language, with its delays as of `now`.
#[must_use]
pub fn row(row: &Row, locale: Locale, now: Timestamp, zone: &TimeZone) -> RequestReportRow {
    RequestReportRow {
        placement_request_id: row.id.to_string(),
        reference: row.reference.clone(),
        placing_agency: row.placing_agency.clone(),
        program: row.program.get(locale).to_owned(),
        receiving_agency: row.receiving_agency.clone(),
        site: row.site.clone(),
        service: row.service.get(locale).to_owned(),
        destination: row.destination.clone(),
        start_date: row.start.to_string(),
        end_date: row.end.to_string(),
        student_count: row.students,
        state: state_to_contract(&row.state).into(),
        sent_time: row.sent.map(proto::timestamp),
        answered_time: row.answered.map(proto::timestamp),
        confirmed_time: row.confirmed.map(proto::timestamp),
        answer_delay_days: row.answer_delay(now, zone).unwrap_or(-1),
        confirmation_delay_days: row.confirmation_delay(now, zone).unwrap_or(-1),
        reason_code: row.reason.clone(),
    }
}

/// The sums.
#[must_use]
pub fn summary(summary: &Summary) -> RequestReportSummary {
    let count = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
    let sum =
        |sum: &StateSum| StateCount { state: state_to_contract(&sum.state).into(), requests: count(sum.requests) };
    // In the order of a request's way.
    let mut states: Vec<_> = summary.states.iter().map(sum).collect();
    states.sort_by_key(|counted| counted.state);
    RequestReportSummary {
        requests: count(summary.requests),
        students: count(summary.students),
        median_answer_delay_days: summary.median_answer_delay.unwrap_or(-1),
        states,
    }
}
