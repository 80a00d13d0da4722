//! The facts of a request out of placement's events.

use jiff::Timestamp;
use kernel::{Fields, Invalid};
use proto::placement::v1::{RequestFacts, RequestView, RequestViews};

use super::state;
use crate::domain::request::{RequestFact, Seen, Views};

/// What an event tells. `version` and `time` are those of its envelope.
///
/// # Errors
/// Every field that is missing or malformed.
pub fn parse(version: i64, time: Timestamp, facts: Option<RequestFacts>) -> Result<RequestFact, Invalid> {
    let facts = facts.unwrap_or_default();
    let mut fields = Fields::default();
    if version < 1 {
        fields.fault("aggregate_version", "OUT_OF_RANGE");
    }
    let now_in = state::from_contract(facts.state);
    if now_in.is_none() {
        fields.fault("request.state", "UNKNOWN_STATE");
    }
    let id = fields.id("request.id", &facts.id);
    let placing_agency = fields.id("request.placing_agency_id", &facts.placing_agency_id);
    let program = fields.id("request.program_id", &facts.program_id);
    let receiving_agency = fields.id("request.receiving_agency_id", &facts.receiving_agency_id);
    let site = fields.id("request.site_id", &facts.site_id);
    let service = fields.id("request.service_id", &facts.service_id);
    let destination = fields.optional_id("request.destination_id", &facts.destination_id);
    let dates = fields.dates(("request.start_date", &facts.start_date), ("request.end_date", &facts.end_date));
    let students = fields.number("request.student_count", facts.student_count, 0..=i32::MAX);
    let views = facts.views.map(|views| self::views(&mut fields, views));
    fields.finish(|| {
        Some(RequestFact {
            id: id?,
            version,
            time,
            before: state::from_contract(facts.previous_state),
            state: now_in?,
            reference: facts.reference,
            placing_agency: placing_agency?,
            program: program?,
            receiving_agency: receiving_agency?,
            site: site?,
            service: service?,
            destination: destination?,
            dates: dates?,
            students: students?,
            reason: facts.reason_code,
            views,
        })
    })
}

fn views(fields: &mut Fields, views: RequestViews) -> Views {
    let mut seen = |field: &str, view: Option<RequestView>| {
        let RequestView { state, reason_code } = view?;
        let state = state::from_contract(state);
        if state.is_none() {
            fields.fault(format!("request.views.{field}.state"), "UNKNOWN_STATE");
        }
        Some(Seen { state: state?, reason: reason_code })
    };
    Views {
        placing: seen("placing", views.placing),
        receiving: seen("receiving", views.receiving),
        destination: seen("destination", views.destination),
    }
}
