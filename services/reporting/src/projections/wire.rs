//! Facts and states out of the events of placement.

use jiff::Timestamp;
use kernel::{Fields, Invalid};
use proto::placement::v1::{self as placement, RequestFacts, RequestView, RequestViews};

use super::domain::{
    request::{RequestFact, Seen, Views},
    state::State,
};

/// What an event tells. `version` and `time` are those of its envelope.
///
/// # Errors
/// Every field that is missing or malformed.
pub fn request_fact(version: i64, time: Timestamp, facts: Option<RequestFacts>) -> Result<RequestFact, Invalid> {
    let facts = facts.unwrap_or_default();
    let mut fields = Fields::default();
    if version < 1 {
        fields.fault("aggregate_version", "OUT_OF_RANGE");
    }
    let now_in = state_from_contract(facts.state);
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
            before: state_from_contract(facts.previous_state),
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
        let state = state_from_contract(state);
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

/// From the number of a contract's state; `None` for no state and for unknown numbers.
#[must_use]
pub fn state_from_contract(number: i32) -> Option<State> {
    Some(match placement::State::try_from(number).ok()? {
        placement::State::Unspecified => return None,
        placement::State::Draft => State::Draft,
        placement::State::Held => State::Held,
        placement::State::Sent => State::Sent,
        placement::State::SentOffline => State::SentOffline,
        placement::State::Redirected => State::Redirected,
        placement::State::RedirectedOffline => State::RedirectedOffline,
        placement::State::RedirectedAutomatically => State::RedirectedAutomatically,
        placement::State::AcceptedByDestination => State::AcceptedByDestination,
        placement::State::DeclinedByDestination => State::DeclinedByDestination,
        placement::State::Accepted => State::Accepted,
        placement::State::Declined => State::Declined,
        placement::State::Confirmed => State::Confirmed,
        placement::State::Cancelled => State::Cancelled,
        placement::State::Deleted => State::Deleted,
    })
}

/// As the contract numbers it.
#[must_use]
pub const fn state_to_contract(state: State) -> placement::State {
    match state {
        State::Draft => placement::State::Draft,
        State::Held => placement::State::Held,
        State::Sent => placement::State::Sent,
        State::SentOffline => placement::State::SentOffline,
        State::Redirected => placement::State::Redirected,
        State::RedirectedOffline => placement::State::RedirectedOffline,
        State::RedirectedAutomatically => placement::State::RedirectedAutomatically,
        State::AcceptedByDestination => placement::State::AcceptedByDestination,
        State::DeclinedByDestination => placement::State::DeclinedByDestination,
        State::Accepted => placement::State::Accepted,
        State::Declined => placement::State::Declined,
        State::Confirmed => placement::State::Confirmed,
        State::Cancelled => placement::State::Cancelled,
        State::Deleted => placement::State::Deleted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_survives_the_way_there_and_back() {
        for state in State::ALL.iter().copied() {
            assert_eq!(state_from_contract(state_to_contract(state) as i32), Some(state));
        }
        assert_eq!(state_from_contract(0), None);
        assert_eq!(state_from_contract(99), None);
    }
}
