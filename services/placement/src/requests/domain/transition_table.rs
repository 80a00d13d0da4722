//! The table of domain §7.4, written out, against the code: every state, every action, every role.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::date};
use kernel::{DateRange, PersonId};
use uuid::Uuid;

use super::{
    Action, Actor, Answer, Checked, Content, Decision, Delivery, Kind, Now, Origin, PlacementRequest, ProgramFacts,
    Receiver, Reference, Refusal, Refused, Role, ServiceFacts, Since, SiteFacts, State, Status, Transition, Unit,
    Weekdays, reason::ReasonCode, view,
};

use Action as M;
use Role::{DestinationCoordinator as DC, PlacingCoordinator as PC, ReceivingCoordinator as RC, System as CLOCK};
use Status as S;

/// State, role, action, the state that it leads to, whether it is on behalf of a non-user. What is not here is refused.
/// The dates lie ahead, the agency and the destination are users, the receiving side has acted where the state says so.
const TABLE: &[(Status, Role, Action, Status, bool)] = &[
    // Drafts: nos. 1-4, 18.
    (S::Draft, PC, M::Update, S::Draft, false),
    (S::Draft, PC, M::Delete, S::Deleted, false),
    (S::Draft, PC, M::Send, S::Sent, false),
    // Held: nos. 3, 18, 21.
    (S::Held, PC, M::Delete, S::Deleted, false),
    (S::Held, PC, M::ChangeDates, S::Held, false),
    (S::Held, CLOCK, M::Release, S::Sent, false),
    // Sent: nos. 5, 7, 11, 18, 21, 22.
    (S::Sent, PC, M::Delete, S::Deleted, false),
    (S::Sent, PC, M::ChangeDates, S::Sent, false),
    (S::Sent, RC, M::Redirect, S::Redirected, false),
    (S::Sent, RC, M::AcceptForAgency, S::Accepted, false),
    (S::Sent, RC, M::DeclineForAgency, S::Declined, false),
    (S::Sent, RC, M::ChangeDates, S::Sent, false),
    (S::Sent, RC, M::ChangeDestination, S::Sent, false),
    (S::Sent, CLOCK, M::RedirectAutomatically, S::RedirectedAutomatically, false),
    // Sent off-line: nos. 14, 18, 21.
    (S::SentOffline, PC, M::Delete, S::Deleted, false),
    (S::SentOffline, PC, M::AcceptForAgency, S::Accepted, true),
    (S::SentOffline, PC, M::DeclineForAgency, S::Declined, true),
    (S::SentOffline, PC, M::ChangeDates, S::SentOffline, false),
    // Redirected: nos. 8, 11, 17, 21, 22.
    (S::Redirected, PC, M::Cancel, S::Cancelled, false),
    (S::Redirected, PC, M::ChangeDates, S::Redirected, false),
    (S::Redirected, RC, M::AcceptForAgency, S::Accepted, false),
    (S::Redirected, RC, M::DeclineForAgency, S::Declined, false),
    (S::Redirected, RC, M::Cancel, S::Cancelled, false),
    (S::Redirected, RC, M::ChangeDates, S::Redirected, false),
    (S::Redirected, RC, M::ChangeDestination, S::Redirected, false),
    (S::Redirected, DC, M::AcceptAtDestination, S::AcceptedByDestination, false),
    (S::Redirected, DC, M::DeclineAtDestination, S::DeclinedByDestination, false),
    (S::Redirected, DC, M::ChangeDestination, S::Redirected, false),
    // Redirected off-line: nos. 9, 17, 21, 22; the agent answers by link or after all with an account.
    (S::RedirectedOffline, PC, M::Cancel, S::Cancelled, false),
    (S::RedirectedOffline, PC, M::ChangeDates, S::RedirectedOffline, false),
    (S::RedirectedOffline, RC, M::AcceptAtDestination, S::AcceptedByDestination, true),
    (S::RedirectedOffline, RC, M::DeclineAtDestination, S::DeclinedByDestination, true),
    (S::RedirectedOffline, RC, M::AcceptForAgency, S::Accepted, true),
    (S::RedirectedOffline, RC, M::DeclineForAgency, S::Declined, true),
    (S::RedirectedOffline, RC, M::Cancel, S::Cancelled, false),
    (S::RedirectedOffline, RC, M::ChangeDates, S::RedirectedOffline, false),
    // The new destination is a user, so that it waits in an inbox from now on.
    (S::RedirectedOffline, RC, M::ChangeDestination, S::Redirected, false),
    (S::RedirectedOffline, DC, M::AcceptAtDestination, S::AcceptedByDestination, false),
    (S::RedirectedOffline, DC, M::DeclineAtDestination, S::DeclinedByDestination, false),
    (S::RedirectedOffline, DC, M::ChangeDestination, S::Redirected, false),
    // Redirected automatically: nos. 8, 17, 21, 22; no. 11 is not for what went past the coordinator.
    (S::RedirectedAutomatically, PC, M::Cancel, S::Cancelled, false),
    (S::RedirectedAutomatically, PC, M::ChangeDates, S::RedirectedAutomatically, false),
    (S::RedirectedAutomatically, RC, M::Cancel, S::Cancelled, false),
    (S::RedirectedAutomatically, RC, M::ChangeDates, S::RedirectedAutomatically, false),
    (S::RedirectedAutomatically, RC, M::ChangeDestination, S::RedirectedAutomatically, false),
    (S::RedirectedAutomatically, DC, M::AcceptAtDestination, S::AcceptedByDestination, false),
    (S::RedirectedAutomatically, DC, M::DeclineAtDestination, S::DeclinedByDestination, false),
    (S::RedirectedAutomatically, DC, M::ChangeDestination, S::RedirectedAutomatically, false),
    // Accepted by the destination: nos. 10, 17, 21, 22.
    (S::AcceptedByDestination, PC, M::Cancel, S::Cancelled, false),
    (S::AcceptedByDestination, PC, M::ChangeDates, S::AcceptedByDestination, false),
    (S::AcceptedByDestination, RC, M::AcceptForAgency, S::Accepted, false),
    (S::AcceptedByDestination, RC, M::Cancel, S::Cancelled, false),
    (S::AcceptedByDestination, RC, M::ChangeDates, S::AcceptedByDestination, false),
    (S::AcceptedByDestination, RC, M::ChangeDestination, S::AcceptedByDestination, false),
    (S::AcceptedByDestination, DC, M::ChangeDestination, S::AcceptedByDestination, false),
    // Declined by the destination: nos. 10, 12, 13, 17, 21, 22.
    (S::DeclinedByDestination, PC, M::Cancel, S::Cancelled, false),
    (S::DeclinedByDestination, PC, M::ChangeDates, S::DeclinedByDestination, false),
    (S::DeclinedByDestination, RC, M::AcceptForAgency, S::Accepted, false),
    (S::DeclinedByDestination, RC, M::DeclineForAgency, S::Declined, false),
    (S::DeclinedByDestination, RC, M::Cancel, S::Cancelled, false),
    (S::DeclinedByDestination, RC, M::ChangeDates, S::DeclinedByDestination, false),
    (S::DeclinedByDestination, RC, M::ChangeDestination, S::DeclinedByDestination, false),
    (S::DeclinedByDestination, DC, M::AcceptAtDestination, S::AcceptedByDestination, false),
    (S::DeclinedByDestination, DC, M::ChangeDestination, S::DeclinedByDestination, false),
    // Accepted: nos. 15, 17, 20-22.
    (S::Accepted, PC, M::Confirm, S::Confirmed, false),
    (S::Accepted, PC, M::Cancel, S::Cancelled, false),
    (S::Accepted, PC, M::Postpone, S::Sent, false),
    (S::Accepted, PC, M::ChangeDates, S::Accepted, false),
    (S::Accepted, RC, M::Cancel, S::Cancelled, false),
    (S::Accepted, RC, M::ChangeDates, S::Accepted, false),
    (S::Accepted, RC, M::ChangeDestination, S::Accepted, false),
    (S::Accepted, DC, M::ChangeDestination, S::Accepted, false),
    // Declined: no. 13.
    (S::Declined, RC, M::AcceptForAgency, S::Accepted, false),
    // Confirmed: nos. 17, 20-22.
    (S::Confirmed, PC, M::Cancel, S::Cancelled, false),
    (S::Confirmed, PC, M::Postpone, S::Sent, false),
    (S::Confirmed, PC, M::ChangeDates, S::Confirmed, false),
    (S::Confirmed, RC, M::Cancel, S::Cancelled, false),
    (S::Confirmed, RC, M::ChangeDates, S::Confirmed, false),
    (S::Confirmed, RC, M::ChangeDestination, S::Confirmed, false),
    (S::Confirmed, DC, M::ChangeDestination, S::Confirmed, false),
    // Cancelled: no. 23.
    (S::Cancelled, PC, M::Reactivate, S::Sent, false),
    (S::Cancelled, RC, M::Reactivate, S::Sent, false),
    // Words: whoever sees it, once it was sent.
    (S::Sent, PC, M::Comment, S::Sent, false),
    (S::Sent, RC, M::Comment, S::Sent, false),
    (S::SentOffline, PC, M::Comment, S::SentOffline, false),
    (S::Redirected, PC, M::Comment, S::Redirected, false),
    (S::Redirected, RC, M::Comment, S::Redirected, false),
    (S::Redirected, DC, M::Comment, S::Redirected, false),
    (S::RedirectedOffline, PC, M::Comment, S::RedirectedOffline, false),
    (S::RedirectedOffline, RC, M::Comment, S::RedirectedOffline, false),
    (S::RedirectedOffline, DC, M::Comment, S::RedirectedOffline, false),
    (S::RedirectedAutomatically, PC, M::Comment, S::RedirectedAutomatically, false),
    (S::RedirectedAutomatically, RC, M::Comment, S::RedirectedAutomatically, false),
    (S::RedirectedAutomatically, DC, M::Comment, S::RedirectedAutomatically, false),
    (S::AcceptedByDestination, PC, M::Comment, S::AcceptedByDestination, false),
    (S::AcceptedByDestination, RC, M::Comment, S::AcceptedByDestination, false),
    (S::AcceptedByDestination, DC, M::Comment, S::AcceptedByDestination, false),
    (S::DeclinedByDestination, PC, M::Comment, S::DeclinedByDestination, false),
    (S::DeclinedByDestination, RC, M::Comment, S::DeclinedByDestination, false),
    (S::DeclinedByDestination, DC, M::Comment, S::DeclinedByDestination, false),
    (S::Accepted, PC, M::Comment, S::Accepted, false),
    (S::Accepted, RC, M::Comment, S::Accepted, false),
    (S::Accepted, DC, M::Comment, S::Accepted, false),
    (S::Declined, PC, M::Comment, S::Declined, false),
    (S::Declined, RC, M::Comment, S::Declined, false),
    (S::Declined, DC, M::Comment, S::Declined, false),
    (S::Confirmed, PC, M::Comment, S::Confirmed, false),
    (S::Confirmed, RC, M::Comment, S::Confirmed, false),
    (S::Confirmed, DC, M::Comment, S::Confirmed, false),
    (S::Cancelled, PC, M::Comment, S::Cancelled, false),
    (S::Cancelled, RC, M::Comment, S::Cancelled, false),
    (S::Cancelled, DC, M::Comment, S::Cancelled, false),
];

#[test]
fn every_action_of_every_role_from_every_state_is_as_the_table_says() {
    let mut tried = 0;
    for &status in Status::ALL {
        for &role in Role::ALL {
            for &action in Action::ALL {
                let expected = TABLE.iter().find(|row| (row.0, row.1, row.2) == (status, role, action));
                let outcome = attempt(request_in(status), action, role);
                let case = format!("{} {} {}", status.code(), role.code(), action.code());
                match (expected, outcome) {
                    (Some(&(.., to, on_behalf)), Ok(done)) => {
                        assert_eq!(done.request.status(), to, "{case}");
                        assert_eq!((done.entry.from, done.entry.to), (Some(status), to), "{case}");
                        assert_eq!(done.entry.on_behalf, on_behalf, "{case}");
                        assert_eq!(done.request.version, 8, "{case}");
                    }
                    (None, Err(refused)) => assert_says_nothing_hidden(&refused, status, role, &case),
                    (expected, outcome) => panic!("{case}: expected {expected:?}, got {outcome:?}"),
                }
                tried += 1;
            }
        }
    }
    assert_eq!(tried, Status::ALL.len() * Role::ALL.len() * Action::ALL.len());
}

#[test]
fn what_is_offered_is_what_is_allowed() {
    for &status in Status::ALL {
        for &role in &[PC, RC, DC, Role::DestinationMonitor] {
            let offered: BTreeSet<_> = request_in(status).actions(role, TODAY).into_iter().collect();
            let allowed = TABLE
                .iter()
                .filter(|row| (row.0, row.1) == (status, role))
                .filter_map(|row| row.2.declaration().offered_as);
            assert_eq!(offered, allowed.collect(), "{} {}", status.code(), role.code());
        }
    }
}

#[test]
fn only_a_quick_entry_is_sent_and_confirmed_by_the_coordinator() {
    let quick = |status| PlacementRequest { origin: Origin::ReceivingAgency, ..request_in(status) };
    let confirmed = attempt(quick(S::Accepted), M::Confirm, RC).expect("no. 16");
    assert!(confirmed.entry.on_behalf);
    assert_eq!(attempt(quick(S::Draft), M::Send, RC).expect("sent at once").request.status(), S::Sent);
    assert_eq!(attempt(request_in(S::Accepted), M::Confirm, RC), Err(Refused::NotQuickEntry));
}

#[test]
fn what_was_acted_on_is_cancelled_and_what_was_not_is_deleted() {
    let touched = |status| PlacementRequest { acted_on: true, ..request_in(status) };
    for status in [S::Sent, S::SentOffline] {
        assert_eq!(attempt(touched(status), M::Delete, PC), Err(Refused::AlreadyActedOn));
        assert_eq!(attempt(touched(status), M::Cancel, PC).expect("it was under way").request.status(), S::Cancelled);
    }
    let by_coordinator = attempt(request_in(S::Sent), M::ChangeDestination, RC).expect("no. 22");
    assert!(by_coordinator.request.acted_on);
    let by_school = attempt(request_in(S::Sent), M::ChangeDates, PC).expect("no. 21");
    assert!(!by_school.request.acted_on);
}

#[test]
fn a_common_release_date_holds_back_until_it_has_come() {
    let send = |release, wanted| {
        let mut request = request_in(S::Draft);
        request.content.use_release_date = wanted;
        request.send(actor(PC), user(true), release, AT).expect("no. 2 or 3").request.state
    };
    let tomorrow = Some(date(2026, 11, 24));
    assert_eq!(send(tomorrow, true), State::Held { wish: wish(), release_on: date(2026, 11, 24) });
    assert_eq!(send(tomorrow, false), State::Sent { wish: wish() });
    assert_eq!(send(Some(TODAY), true), State::Sent { wish: wish() });
    assert_eq!(send(None, true), State::Sent { wish: wish() });

    let held =
        PlacementRequest { state: State::Held { wish: wish(), release_on: date(2026, 11, 24) }, ..request_in(S::Held) };
    assert_eq!(held.clone().release(user(true), AT), Err(Refused::NotYetDue));
    let later = Now { today: date(2026, 11, 24), ..AT };
    assert_eq!(held.release(user(false), later).expect("no. 3").request.status(), S::SentOffline);
}

#[test]
fn an_agency_that_is_not_a_user_is_asked_off_line_and_has_no_coordinator() {
    let sent = request_in(S::Draft).send(actor(PC), user(false), None, AT).expect("no. 4").request;
    assert_eq!((sent.status(), sent.receiving_coordinator), (S::SentOffline, None));
    let again = request_in(S::Cancelled).reactivate(actor(PC), user(false), String::new(), AT).expect("no. 23");
    assert_eq!(again.request.status(), S::SentOffline);
    let later = dates(date(2027, 2, 1), date(2027, 4, 1));
    let resubmitted = request_in(S::Confirmed).postpone(actor(PC), later, Some(user(false)), String::new(), AT);
    assert_eq!(resubmitted.expect("no. 20").request.status(), S::SentOffline);
}

#[test]
fn a_destination_that_is_not_a_user_is_reached_by_mail() {
    let offline = request_in(S::Sent).redirect(actor(RC), unit(), false, String::new(), AT).expect("no. 6");
    assert_eq!(offline.request.status(), S::RedirectedOffline);
    for status in [S::Redirected, S::RedirectedAutomatically] {
        let moved = request_in(status).change_destination(actor(RC), unit(), false, AT).expect("no. 22");
        assert_eq!(moved.request.status(), S::RedirectedOffline);
    }
}

#[test]
fn postponing_moves_to_later_dates_only() {
    let to = |start, resubmitted| {
        request_in(S::Confirmed).postpone(actor(PC), dates(start, date(2027, 6, 1)), resubmitted, String::new(), AT)
    };
    let stays = to(date(2027, 1, 12), None).expect("later").request;
    assert_eq!(stays.status(), S::Confirmed);
    assert_eq!(stays.tags.len(), 1);
    let Err(Refused::Invalid(faults)) = to(date(2027, 1, 11), None) else { panic!("the same day is not later") };
    assert_eq!((faults.0[0].field.as_str(), faults.0[0].reason), ("start_date", "NOT_LATER"));
}

#[test]
fn a_start_is_not_moved_into_the_past_but_a_running_placement_may_end_earlier() {
    let running = dates(date(2026, 11, 2), date(2026, 12, 18));
    let mut request = request_in(S::Confirmed);
    request.content.dates = running;
    let shortened = dates(date(2026, 11, 2), date(2026, 11, 27));
    assert_eq!(
        request.clone().change_dates(actor(RC), shortened, AT).expect("no. 21").request.content.dates,
        shortened
    );
    let earlier = dates(date(2026, 11, 1), date(2026, 11, 27));
    assert!(matches!(request.clone().change_dates(actor(RC), earlier, AT), Err(Refused::Invalid(_))));
    request.origin = Origin::ReceivingAgency;
    assert!(request.change_dates(actor(RC), earlier, AT).is_ok());
}

#[test]
fn what_is_over_is_not_reactivated() {
    let last_day = Now { today: date(2027, 4, 2), ..AT };
    let outcome = request_in(S::Cancelled).reactivate(actor(PC), user(true), String::new(), last_day);
    assert_eq!(outcome, Err(Refused::PlacementOver));
}

/// A refusal names a state only as the one who is refused may see it.
fn assert_says_nothing_hidden(refused: &Refused, status: Status, role: Role, case: &str) {
    if let (Refused::InvalidTransition { from, .. }, Some(seen)) = (refused, view::seen(status, role)) {
        assert_eq!(*from, seen, "{case}");
    }
}

const TODAY: jiff::civil::Date = date(2026, 11, 23);
const AT: Now = Now { now: Timestamp::UNIX_EPOCH, today: TODAY };

fn attempt(request: PlacementRequest, action: Action, role: Role) -> Result<Transition, Refused> {
    let by = actor(role);
    let later = dates(date(2027, 2, 1), date(2027, 4, 1));
    let yes = || Decision::Accept(Answer::default());
    let no = || Decision::Decline(refusal());
    match action {
        M::Release | M::RedirectAutomatically if role != CLOCK => {
            request.guard(action, role, TODAY).map(|permit| panic!("{permit:?} for a person"))
        }
        M::Update => {
            let content = request.content.clone();
            request.update(by, content, wish(), &checked(), AT)
        }
        M::Delete => request.delete(by, AT),
        M::Send => request.send(by, user(true), None, AT),
        M::Release => request.release(user(true), AT),
        M::Redirect => request.redirect(by, unit(), true, String::new(), AT),
        M::RedirectAutomatically => request.redirect_automatically(unit(), AT),
        M::AcceptAtDestination => request.answer_at_destination(by, yes(), AT),
        M::DeclineAtDestination => request.answer_at_destination(by, no(), AT),
        M::AcceptForAgency => request.answer_for_agency(by, yes(), None, AT),
        M::DeclineForAgency => request.answer_for_agency(by, no(), None, AT),
        M::Confirm => request.confirm(by, AT),
        M::Cancel => request.cancel(by, refusal(), AT),
        M::Reactivate => request.reactivate(by, user(true), String::new(), AT),
        M::Postpone => request.postpone(by, later, Some(user(true)), String::new(), AT),
        M::ChangeDates => request.change_dates(by, later, AT),
        M::ChangeDestination => request.change_destination(by, unit(), true, AT),
        M::Comment => request.comment(by, "Merci".into(), AT),
    }
}

fn request_in(status: Status) -> PlacementRequest {
    let (unit, wish) = (unit(), wish());
    let state = match status {
        S::Draft => State::Draft { wish },
        S::Held => State::Held { wish, release_on: TODAY },
        S::Sent => State::Sent { wish },
        S::SentOffline => State::SentOffline { wish },
        S::Redirected => State::Redirected { unit, delivery: Delivery::Electronic },
        S::RedirectedOffline => State::Redirected { unit, delivery: Delivery::Offline },
        S::RedirectedAutomatically => State::Redirected { unit, delivery: Delivery::Automatic },
        S::AcceptedByDestination => State::AcceptedByDestination { unit, answer: Answer::default() },
        S::DeclinedByDestination => State::DeclinedByDestination { unit, refusal: refusal() },
        S::Accepted => State::Accepted { unit: Some(unit), answer: Answer::default() },
        S::Declined => State::Declined { unit: Some(unit), refusal: refusal() },
        S::Confirmed => State::Confirmed { unit: Some(unit), answer: Answer::default() },
        S::Cancelled => State::Cancelled { unit: Some(unit), refusal: refusal() },
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

fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

fn actor(role: Role) -> Actor {
    if role == CLOCK { Actor::SYSTEM } else { Actor::person(PersonId::from(Uuid::from_u128(99)), role) }
}

fn unit() -> Unit {
    Unit { destination: id(10), agent: Some(id(11)) }
}

fn wish() -> Option<kernel::DestinationId> {
    Some(id(10))
}

fn user(is_user: bool) -> Receiver {
    Receiver { is_user, contact: Some(id(5)) }
}

fn checked() -> Checked {
    Checked {
        program: ProgramFacts { school: id(2), is_user: true, active: true },
        site: SiteFacts { agency: id(3), is_user: true, active: true },
        service: ServiceFacts { site: id(8), coordinator: Some(id(5)), redirects_automatically: false, active: true },
    }
}

fn refusal() -> Refusal {
    Refusal { reason: ReasonCode("D1".into()), comment: String::new() }
}

fn dates(start: jiff::civil::Date, end: jiff::civil::Date) -> DateRange {
    DateRange::new(start, end).expect("in order")
}
