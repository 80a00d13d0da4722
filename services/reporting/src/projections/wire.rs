//! Facts and states out of the events of placement.

use jiff::Timestamp;
use kernel::{Fields, Invalid};
use proto::placement::v1::{self as placement, RequestFacts, RequestView, RequestViews};

use super::domain::{
    request::{RequestFact, Seen, Views},
    state::{Phase, State},
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
    let state = state_from_contract(facts.state);
    let now_in = phase(facts.state);
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
            before: phase(facts.previous_state),
            phase: now_in?,
            state: state?,
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
    let state = placement::State::try_from(number).ok().filter(|state| *state != placement::State::Unspecified)?;
    Some(State::of(state.as_str_name().trim_start_matches(PREFIX)))
}

/// As the contract numbers it.
#[must_use]
pub fn state_to_contract(state: &State) -> placement::State {
    placement::State::from_str_name(&format!("{PREFIX}{}", state.code())).unwrap_or_default()
}

/// What stands before the codes in the contract.
const PREFIX: &str = "STATE_";

/// How far a request in a state has come; `None` for no state and for unknown numbers.
fn phase(number: i32) -> Option<Phase> {
    use placement::State;
    Some(match State::try_from(number).ok()? {
        State::Unspecified => return None,
        State::Draft | State::Held => Phase::Unsent,
        State::Sent
        | State::SentOffline
        | State::Redirected
        | State::RedirectedOffline
        | State::RedirectedAutomatically
        | State::AcceptedByDestination
        | State::DeclinedByDestination => Phase::Pending,
        State::Accepted => Phase::Accepted,
        State::Declined => Phase::Declined,
        State::Confirmed => Phase::Confirmed,
        State::Cancelled => Phase::Cancelled,
        State::Deleted => Phase::Deleted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_survives_the_way_there_and_back_and_is_in_a_phase() {
        for state in (1..).map_while(|number| placement::State::try_from(number).ok()) {
            let kept = state_from_contract(state.into()).expect("a state");
            assert_eq!(state_to_contract(&kept), state);
            assert!(phase(state.into()).is_some());
        }
        for none in [0, 99] {
            assert_eq!((state_from_contract(none), phase(none)), (None, None));
        }
    }

    #[test]
    fn an_answer_of_the_destination_is_no_answer_yet() {
        use placement::State::{AcceptedByDestination, DeclinedByDestination, Redirected};
        for state in [Redirected, AcceptedByDestination, DeclinedByDestination] {
            assert_eq!(phase(state.into()), Some(Phase::Pending));
        }
    }
}
