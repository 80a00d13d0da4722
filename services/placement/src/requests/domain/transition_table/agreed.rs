//! Other dates and other units, for what was agreed and for what was not.

use super::{samples::other_unit, *};
use crate::requests::domain::{Delivery, NewDates, ReasonCode};

fn changed(
    mut request: PlacementRequest,
    role: Role,
    days: NewDates,
    reason: Option<&str>,
) -> Result<Transition, Refused> {
    request.content.dates = dates(date(2026, 11, 2), date(2026, 12, 18));
    let why = Explanation { reason: reason.map(|code| ReasonCode(code.into())), comment: String::new() };
    request.change_dates(actor(role), days, why, user(true), AT)
}

fn fault(outcome: Result<Transition, Refused>) -> (String, &'static str) {
    let Err(Refused::Invalid(faults)) = outcome else { panic!("{outcome:?}") };
    (faults.0[0].field.clone(), faults.0[0].reason)
}

#[test]
fn no_day_is_added_that_has_passed() {
    let earlier = to(date(2026, 11, 1), date(2026, 12, 18));
    let outcome = changed(request_in(S::Sent), RC, earlier, None);
    assert_eq!(fault(outcome), ("start_date".into(), "START_IN_PAST"));
    let over = |mut request: PlacementRequest| {
        request.content.dates = dates(date(2026, 10, 5), date(2026, 11, 6));
        let longer = to(date(2026, 10, 5), date(2026, 11, 13));
        request.change_dates(actor(RC), longer, Explanation::default(), user(true), AT)
    };
    assert_eq!(fault(over(request_in(S::Sent))), ("end_date".into(), "END_IN_PAST"));
    let quick = |status| PlacementRequest { origin: Origin::ReceivingAgency, ..request_in(status) };
    assert!(over(quick(S::Sent)).is_ok() && changed(quick(S::Sent), RC, earlier, None).is_ok());
}

#[test]
fn the_same_dates_are_no_change() {
    let same = to(date(2026, 11, 2), date(2026, 12, 18));
    for status in [S::Sent, S::Confirmed] {
        assert_eq!(fault(changed(request_in(status), PC, same, None)), ("start_date".into(), "DATES_UNCHANGED"));
    }
}

#[test]
fn what_was_agreed_and_becomes_shorter_is_cancelled_in_part_for_a_reason() {
    let shorter = to(date(2026, 11, 2), date(2026, 11, 20));
    for status in [S::Accepted, S::Confirmed] {
        for role in [PC, RC] {
            let outcome = changed(request_in(status), role, shorter, None);
            assert_eq!(fault(outcome), ("reason_code".into(), "REASON_TO_SHORTEN_REQUIRED"), "{status:?}");
            let done = changed(request_in(status), role, shorter, Some("C7")).expect("no. 21");
            assert_eq!((done.request.status(), done.request.content.dates), (status, shorter.dates));
            assert_eq!(done.request.tags, BTreeSet::from([Tag::PartiallyCancelled]));
            assert_eq!(done.entry.reason, Some(ReasonCode("C7".into())));
        }
    }
    for status in [S::Sent, S::Redirected, S::AcceptedByDestination, S::DeclinedByDestination] {
        let done =
            changed(request_in(status), PC, shorter, None).expect("nothing was agreed yet, as far as a school knows");
        assert_eq!((done.request.status(), done.request.tags.len()), (status, 0));
    }
}

#[test]
fn what_was_agreed_for_other_days_is_asked_anew() {
    let longer = to(date(2026, 11, 2), date(2027, 1, 15));
    let cut_short = PlacementRequest { tags: [Tag::PartiallyCancelled].into(), ..request_in(S::Confirmed) };
    let by_school = changed(cut_short, PC, longer, None).expect("no. 21");
    assert!(by_school.request.tags.is_empty(), "it is asked for as a whole");
    assert_eq!(by_school.request.state, State::Sent { wish: wish() });
    assert_eq!(by_school.left, Some(unit()));
    let before = dates(date(2026, 11, 2), date(2026, 12, 18));
    assert_eq!(by_school.entry.moved, Some(MovedDates { from: before, to: longer.dates }));
    let by_host = changed(request_in(S::Confirmed), RC, longer, None).expect("no. 21");
    assert_eq!(by_host.request.state, State::Accepted { unit: Some(unit()), answer: Explanation::default() });
    assert_eq!(by_host.left, None);
    let asked = PlacementRequest { asked: Delivery::Offline, ..request_in(S::AcceptedByDestination) };
    let again = changed(asked, PC, longer, None).expect("no. 21").request;
    assert_eq!(again.state, State::Redirected { unit: unit(), delivery: Delivery::Offline });
}

#[test]
fn another_unit_is_asked_whatever_the_first_one_answered() {
    for status in [S::AcceptedByDestination, S::DeclinedByDestination] {
        let moved = request_in(status).change_destination(actor(RC), other_unit(), false, AT).expect("no. 22");
        assert_eq!(moved.request.state, State::Redirected { unit: other_unit(), delivery: Delivery::Offline });
        assert_eq!(moved.left, Some(unit()));
        let by_agent = request_in(status).change_destination(actor(DC), other_unit(), true, AT).expect("no. 22");
        assert_eq!(by_agent.request.status(), status, "an agent answers for both");
    }
}

#[test]
fn hours_fit_into_the_days_whatever_moves_them() {
    let one_day = to(date(2027, 2, 1), date(2027, 2, 1));
    let changed = request_in(S::Sent).change_dates(actor(PC), one_day, Explanation::default(), user(true), AT);
    assert_eq!(fault(changed), ("hours_per_student".into(), "HOURS_DO_NOT_FIT"));
    let postponed = request_in(S::Confirmed).postpone(actor(PC), one_day, None, String::new(), AT);
    assert_eq!(fault(postponed), ("hours_per_student".into(), "HOURS_DO_NOT_FIT"));
    let fewer = NewDates { hours_per_student: Some(8), ..one_day };
    let postponed = request_in(S::Confirmed).postpone(actor(PC), fewer, None, String::new(), AT).expect("8 hours fit");
    assert_eq!(postponed.request.content.hours_per_student, 8);
}
