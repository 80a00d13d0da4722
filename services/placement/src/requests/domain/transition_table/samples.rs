//! A request in each state, and what is said and found around it. All dates lie ahead, all are users.

use std::collections::BTreeSet;

use jiff::{
    Timestamp,
    civil::{Date, date},
};
use kernel::{DateRange, DestinationId, PersonId};
use uuid::Uuid;

use crate::requests::domain::{
    Actor, Checked, Content, Delivery, Explanation, Intended, Kind, NewDates, Now, Origin, PlacementRequest,
    ProgramFacts, Receiver, Reference, Refusal, Role, ServiceFacts, Since, SiteFacts, State, Status as S, Unit,
    Weekdays, reason::ReasonCode,
};

pub(super) const TODAY: Date = date(2026, 11, 23);
pub(super) const AT: Now = Now { now: Timestamp::UNIX_EPOCH, today: TODAY };

pub(super) fn request_in(status: S) -> PlacementRequest {
    let (unit, wish) = (unit(), wish());
    let state = match status {
        S::Draft => State::Draft { wish },
        S::Held => State::Held { wish, release_on: TODAY },
        S::Sent => State::Sent { wish },
        S::SentOffline => State::SentOffline { wish },
        S::Redirected => State::Redirected { unit, delivery: Delivery::Electronic },
        S::RedirectedOffline => State::Redirected { unit, delivery: Delivery::Offline },
        S::RedirectedAutomatically => State::Redirected { unit, delivery: Delivery::Automatic },
        S::AcceptedByDestination => State::AcceptedByDestination { unit, answer: Explanation::default() },
        S::DeclinedByDestination => State::DeclinedByDestination { unit, refusal: refusal() },
        S::Accepted => State::Accepted { unit: Some(unit), answer: Explanation::default() },
        S::Declined => State::Declined { intended: Some(Intended::Unit(unit)), refusal: refusal() },
        S::Confirmed => State::Confirmed { unit: Some(unit), answer: Explanation::default() },
        S::Cancelled => State::Cancelled { intended: Some(Intended::Unit(unit)), refusal: refusal() },
        S::Deleted => State::Deleted { wish },
    };
    PlacementRequest {
        id: id(1),
        reference: Reference::of("qc", Uuid::from_u128(1)),
        origin: Origin::PlacingAgency,
        placing_agency: id(2),
        receiving_agency: id(3),
        placing_coordinator: Some(id(4)),
        receiving_coordinator: Some(id(5)),
        content: Content {
            program: id(6),
            course: id(7),
            site: id(8),
            service: id(9),
            placement_type: "PRECEPTORSHIP".into(),
            kind: Kind::Group,
            student_count: 6,
            dates: dates(date(2027, 1, 11), date(2027, 4, 2)),
            weekdays: Weekdays::default(),
            shift_code: "D8".into(),
            hours_per_student: 240,
            comment: String::new(),
            use_release_date: false,
        },
        acted_on: state.unit().is_some(),
        state,
        tags: BTreeSet::new(),
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        since: Since::of(TODAY),
        version: 7,
        school_version: 7,
        school_updated_at: Timestamp::UNIX_EPOCH,
        asked: Delivery::of(status).unwrap_or(Delivery::Electronic),
    }
}

pub(super) fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

pub(super) fn actor(role: Role) -> Actor {
    if role == Role::System { Actor::SYSTEM } else { Actor::person(PersonId::from(Uuid::from_u128(99)), role) }
}

pub(super) fn unit() -> Unit {
    Unit { destination: id(10), agent: Some(id(11)) }
}

pub(super) fn other_unit() -> Unit {
    Unit { destination: id(12), agent: Some(id(13)) }
}

pub(super) fn wish() -> Option<DestinationId> {
    Some(id(10))
}

pub(super) fn user(is_user: bool) -> Receiver {
    Receiver { is_user, contact: Some(id(5)) }
}

pub(super) fn checked() -> Checked {
    Checked {
        program: ProgramFacts { school: id(2), is_user: true, active: true },
        site: SiteFacts { agency: id(3), is_user: true, active: true },
        service: ServiceFacts { site: id(8), coordinator: Some(id(5)), redirects_automatically: false, active: true },
    }
}

pub(super) fn refusal() -> Refusal {
    Refusal { reason: ReasonCode("D1".into()), comment: String::new() }
}

pub(super) fn dates(start: Date, end: Date) -> DateRange {
    DateRange::new(start, end).expect("in order")
}

/// Other dates with the hours as they are.
pub(super) fn to(start: Date, end: Date) -> NewDates {
    NewDates { dates: dates(start, end), hours_per_student: None }
}
