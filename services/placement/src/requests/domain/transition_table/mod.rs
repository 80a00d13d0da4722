//! The table of domain §7.4, written out, against the code: every state, every action, every role.

mod agreed;
mod samples;
mod table;

use std::collections::BTreeSet;

use jiff::civil::date;

use samples::{AT, TODAY, actor, checked, dates, refusal, request_in, to, unit, user, wish};
use table::TABLE;

use super::{
    Action, Audience, Decision, EntryKind, Explanation, Intended, MovedDates, Now, Origin, PlacementRequest, Refused,
    Role, State, Status, Tag, Transition, visibility,
};

use Action as M;
use Role::{DestinationCoordinator as DC, PlacingCoordinator as PC, ReceivingCoordinator as RC, System as CLOCK};
use Status as S;

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
                        assert!(
                            action.declaration().leaves.contains(&done.entry.kind),
                            "{case}: {:?}",
                            done.entry.kind
                        );
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
fn each_entry_of_the_history_is_left_by_an_action_and_has_one_audience() {
    for &kind in EntryKind::ALL {
        let leaving =
            Action::ALL.iter().map(|action| action.declaration()).filter(|action| action.leaves.contains(&kind));
        let audiences: Vec<_> = leaving.map(|action| action.audience).collect();
        assert_eq!(audiences.is_empty(), kind == EntryKind::Drafted, "{kind:?}");
        assert!(audiences.iter().all(|audience| *audience == kind.audience()), "{kind:?}: {audiences:?}");
    }
    let internal = EntryKind::ALL.iter().filter(|kind| kind.audience() == Audience::ReceivingSide);
    assert_eq!(internal.collect::<Vec<_>>(), [&EntryKind::AcceptedByDestination, &EntryKind::DeclinedByDestination]);
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
fn a_school_is_offered_the_same_whether_its_unit_has_answered_or_not() {
    let offered = |status| request_in(status).actions(PC, TODAY);
    for waiting in [S::Redirected, S::RedirectedOffline, S::RedirectedAutomatically] {
        for answered in [S::AcceptedByDestination, S::DeclinedByDestination] {
            assert_eq!(offered(waiting), offered(answered), "{} {}", waiting.code(), answered.code());
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
fn a_unit_is_chosen_by_a_request_or_a_yes_and_never_by_a_no() {
    let ends =
        [(S::Sent, M::DeclineForAgency, RC), (S::SentOffline, M::DeclineForAgency, PC), (S::Sent, M::Cancel, PC)];
    for (status, action, role) in ends {
        let under_way = PlacementRequest { acted_on: true, ..request_in(status) };
        let ended = attempt(under_way, action, role).expect("nos. 11, 14, 17").request;
        let case = format!("{} {}", status.code(), action.code());
        assert_eq!(ended.state.intended(), wish().map(Intended::Wish), "{case}");
        assert_eq!(ended.place().destination, None, "{case}: nobody there was asked");
        let then = if action == M::Cancel { M::Reactivate } else { M::AcceptForAgency };
        let brought_back = attempt(ended, then, RC).expect("nos. 13, 23").request;
        assert_eq!(brought_back.destination(), wish(), "{case}: the wish is kept");
        assert_eq!(brought_back.state.unit().is_some(), then == M::AcceptForAgency, "{case}");
    }
    for status in [S::Redirected, S::RedirectedOffline, S::DeclinedByDestination] {
        let declined = attempt(request_in(status), M::DeclineForAgency, RC).expect("nos. 9 to 11").request;
        assert_eq!(declined.state.unit(), Some(unit()), "{}", status.code());
    }
    for status in [S::Redirected, S::AcceptedByDestination, S::Accepted, S::Confirmed] {
        let cancelled = attempt(request_in(status), M::Cancel, PC).expect("no. 17").request;
        assert_eq!(cancelled.state.unit(), Some(unit()), "{}", status.code());
    }
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
    let later = to(date(2027, 2, 1), date(2027, 4, 1));
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
    let postponed = |start, resubmitted| {
        request_in(S::Confirmed).postpone(actor(PC), to(start, date(2027, 6, 1)), resubmitted, String::new(), AT)
    };
    let stays = postponed(date(2027, 1, 12), None).expect("later");
    assert_eq!(stays.request.status(), S::Confirmed);
    assert_eq!(stays.request.tags, BTreeSet::from([Tag::Postpone]));
    let (before, after) = (dates(date(2027, 1, 11), date(2027, 4, 2)), dates(date(2027, 1, 12), date(2027, 6, 1)));
    assert_eq!(stays.entry.moved, Some(MovedDates { from: before, to: after }));
    let resubmitted = postponed(date(2027, 1, 12), Some(user(true))).expect("later");
    assert_eq!(resubmitted.left, Some(unit()), "the unit that held it is told");
    let Err(Refused::Invalid(faults)) = postponed(date(2027, 1, 11), None) else { panic!("the same day is not later") };
    assert_eq!((faults.0[0].field.as_str(), faults.0[0].reason), ("start_date", "NOT_LATER"));
}

#[test]
fn what_is_over_is_not_reactivated() {
    let last_day = Now { today: date(2027, 4, 2), ..AT };
    let outcome = request_in(S::Cancelled).reactivate(actor(PC), user(true), String::new(), last_day);
    assert_eq!(outcome, Err(Refused::PlacementOver));
}

/// A refusal names a state only as the one who is refused may see it.
fn assert_says_nothing_hidden(refused: &Refused, status: Status, role: Role, case: &str) {
    if let (Refused::InvalidTransition { from, .. }, Some(seen)) = (refused, visibility::seen(status, role)) {
        assert_eq!(*from, seen, "{case}");
    }
}

fn attempt(request: PlacementRequest, action: Action, role: Role) -> Result<Transition, Refused> {
    let by = actor(role);
    let later = to(date(2027, 2, 1), date(2027, 4, 16));
    let yes = || Decision::Accept(Explanation::default());
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
        M::ChangeDates => request.change_dates(by, later, Explanation::default(), user(true), AT),
        M::ChangeDestination => request.change_destination(by, unit(), true, AT),
        M::Comment => request.comment(by, "Merci".into(), AT),
    }
}
