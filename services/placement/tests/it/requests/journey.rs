//! From draft to confirmed, and what each side sees on the way.

use kernel::Locale;
use proto::placement::v1::{Action, Origin, State};
use testkit::service::User;

use crate::{
    calls::Call,
    world::{AGENT, HOSPITAL, RECEIVER, SCHOOL, World, agent, monitor, receiver, school},
};

async fn seen(world: &World, user: &User, id: &str) -> (State, String) {
    let request = world.call(user, Call::Get, id).await.expect("they see it");
    (request.state(), request.state_label)
}

#[tokio::test]
async fn a_request_goes_from_draft_to_confirmed() {
    let world = World::new().await;
    let (pc, rc, dc) = (school(), receiver(), agent());
    let draft = world.draft().await;
    assert_eq!(draft.state(), State::Draft);
    assert_eq!(draft.origin(), Origin::PlacingAgency);
    assert_eq!(draft.placing_agency_id, SCHOOL.to_string());
    assert_eq!(draft.receiving_agency_id, HOSPITAL.to_string());
    assert_eq!(draft.receiving_coordinator_id, RECEIVER.to_string());
    assert!(draft.reference.starts_with("QC-"), "{}", draft.reference);
    assert_eq!(draft.actions, [Action::Update.into(), Action::Delete.into(), Action::Send.into()] as [i32; 3]);
    let names = draft.names.clone().expect("names");
    assert_eq!(names.placing_agency, "Cégep de Sainte-Foy");
    assert_eq!(names.destination, "4 Ouest");
    assert_eq!(names.placing_coordinator, "Jeanne Mance");
    assert_eq!(names.program.expect("both").en, "Soins infirmiers (EN)");

    let id = &draft.id;
    assert_eq!(world.call(&pc, Call::Send, id).await.expect("no. 2").state(), State::Sent);
    assert_eq!(seen(&world, &rc, id).await, (State::Sent, "En attente".into()));
    let redirected = world.call(&rc, Call::Redirect, id).await.expect("no. 5");
    assert_eq!(redirected.state(), State::Redirected);
    assert_eq!(redirected.destination_coordinator_id, AGENT.to_string());
    assert_eq!(seen(&world, &dc, id).await, (State::Redirected, "En attente".into()));
    assert_eq!(seen(&world, &monitor(), id).await, (State::Redirected, "En attente".into()));
    let answered = world.call(&dc, Call::AcceptAtDestination, id).await.expect("no. 8");
    assert_eq!((answered.state(), answered.state_label.as_str()), (State::AcceptedByDestination, "Acceptée"));
    assert_eq!(seen(&world, &pc, id).await, (State::Redirected, "Réacheminée".into()));
    assert_eq!(
        seen(&world, &rc.clone().reading(Locale::En), id).await,
        (State::AcceptedByDestination, "AccD, to be AccA".into())
    );
    let accepted = world.call(&rc, Call::AcceptForAgency, id).await.expect("no. 10");
    assert_eq!((accepted.state(), accepted.reason_code.as_str()), (State::Accepted, "A1"));
    let confirmed = world.call(&pc, Call::Confirm, id).await.expect("no. 15");
    assert_eq!((confirmed.state(), confirmed.state_label.as_str()), (State::Confirmed, "Confirmée"));
    // Of the six changes until then the school sees five.
    assert_eq!(confirmed.etag, "5");
}

#[tokio::test]
async fn a_refusal_of_the_destination_is_hidden_from_the_school_until_it_is_ratified() {
    let world = World::new().await;
    let (pc, rc, dc) = (school(), receiver(), agent());
    let request = world.request_in(State::DeclinedByDestination).await;
    assert_eq!(request.state(), State::Redirected);
    assert_eq!((request.reason_code.as_str(), request.answer_comment.as_str()), ("", ""));
    assert!(!request.actions.contains(&Action::AnswerForAgency.into()));
    let internal = world.call(&rc, Call::Get, &request.id).await.expect("the coordinator's");
    assert_eq!((internal.reason_code.as_str(), internal.answer_comment.as_str()), ("D1", "Trop de monde"));

    let of_school: Vec<_> = world.history(&pc, &request.id).await.into_iter().map(|e| e.action).collect();
    assert_eq!(of_school, ["DRAFTED", "SENT", "REDIRECTED"]);
    let of_agent: Vec<_> = world.history(&dc, &request.id).await.into_iter().map(|e| e.action).collect();
    assert_eq!(of_agent, ["REDIRECTED", "DECLINED_BY_DESTINATION"]);

    world.call(&dc, Call::AcceptAtDestination, &request.id).await.expect("no. 12: another mind");
    world.call(&rc, Call::AcceptForAgency, &request.id).await.expect("no. 10");
    let entries = world.history(&pc, &request.id).await;
    let last = entries.last().expect("the agency's answer");
    assert_eq!((last.action.as_str(), last.from(), last.to()), ("ACCEPTED", State::Redirected, State::Accepted));
    assert_eq!(last.person_name, "Marie Rollet");
}

#[tokio::test]
async fn the_coordinator_overrules_a_refusal() {
    let world = World::new().await;
    for state in [State::DeclinedByDestination, State::Declined] {
        let request = world.request_in(state).await;
        let accepted = world.call(&receiver(), Call::AcceptForAgency, &request.id).await.expect("no. 13");
        assert_eq!(accepted.state(), State::Accepted);
    }
}

#[tokio::test]
async fn a_cancelled_request_comes_back_and_is_cancelled_again_but_not_deleted() {
    let world = World::new().await;
    let request = world.request_in(State::Cancelled).await;
    assert_eq!(request.reason_code, "C1");
    let again = world.call(&receiver(), Call::Reactivate, &request.id).await.expect("no. 23");
    assert_eq!((again.state(), again.reason_code.as_str()), (State::Sent, ""));
    let refused = world.call(&school(), Call::Delete, &request.id).await.expect_err("it was under way");
    assert_eq!(crate::world::reason(&refused), "ALREADY_ACTED_ON");
    world.call(&school(), Call::Cancel, &request.id).await.expect("no. 17");
}

#[tokio::test]
async fn a_postponed_request_is_pending_again_with_its_tag() {
    let world = World::new().await;
    let request = world.request_in(State::Confirmed).await;
    let postponed = world.call(&school(), Call::Postpone, &request.id).await.expect("no. 20");
    assert_eq!((postponed.state(), postponed.start_date.as_str()), (State::Sent, "2027-02-01"));
    assert_eq!(postponed.tags, ["POSTPONE"]);
    assert_eq!(postponed.destination_id, request.destination_id);
}

#[tokio::test]
async fn dates_are_agreed_anew_and_the_destination_changes_while_the_state_stays() {
    let world = World::new().await;
    let request = world.request_in(State::Confirmed).await;
    let moved = world.call(&receiver(), Call::ChangeDates, &request.id).await.expect("no. 21");
    assert_eq!((moved.state(), moved.start_date.as_str()), (State::Accepted, "2027-01-18"));
    world.call(&school(), Call::Confirm, &request.id).await.expect("no. 15");
    let moved = world.call(&receiver(), Call::ChangeDestination, &request.id).await.expect("no. 22");
    assert_eq!((moved.state(), moved.names.expect("names").destination.as_str()), (State::Confirmed, "6 Nord"));
    let actions: Vec<_> = world.history(&school(), &request.id).await.into_iter().map(|e| e.action).collect();
    assert_eq!(
        actions,
        ["DRAFTED", "SENT", "ACCEPTED", "CONFIRMED", "DATES_CHANGED", "CONFIRMED", "DESTINATION_CHANGED"]
    );
}

#[tokio::test]
async fn a_deleted_request_is_gone_and_leaves_a_tombstone_for_its_school() {
    let world = World::new().await;
    let request = world.request_in(State::Sent).await;
    world.call(&school(), Call::Delete, &request.id).await.expect("no. 18");
    for user in [school(), receiver()] {
        let gone = world.call(&user, Call::Get, &request.id).await.expect_err("gone");
        assert_eq!(crate::world::reason(&gone), "NOT_FOUND");
    }
    let entries = world.history(&school(), &request.id).await;
    assert_eq!(entries.last().map(|e| (e.action.as_str(), e.to())), Some(("DELETED", State::Deleted)));
    let hidden = world.call(&receiver(), Call::History, &request.id).await.expect_err("not for the receiver");
    assert_eq!(crate::world::reason(&hidden), "NOT_FOUND");
}

#[tokio::test]
async fn a_draft_changes_by_its_mask_only() {
    let world = World::new().await;
    let draft = world.draft().await;
    let changed = world.call_at(&school(), Call::Update, &draft.id, &draft.etag).await.expect("a draft");
    assert_eq!((changed.comment.as_str(), changed.student_count), ("Autre", 6));
    assert_eq!(changed.etag, "2");
}
