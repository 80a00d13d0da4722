//! Off-line ways, automatic ways, and moves that the state does not allow.

use proto::{
    identity::v1::{AccountState, ScopeKind},
    placement::v1::{
        AddCommentRequest, Answer, AnswerAtDestinationRequest, PlacementRequest, RedirectRequestRequest, State,
    },
};
use tonic::Code;

use crate::{
    calls::Call,
    world::{
        AGENT, AUTOMATIC_SERVICE, CLINIC_SERVICE, CLINIC_SITE, MAIL_UNIT, UNIT, World, agent, agent_of, person, reason,
        receiver, request, school,
    },
};

#[tokio::test]
async fn a_move_that_the_state_does_not_allow_is_refused_with_both_states() {
    let world = World::new().await;
    let draft = world.draft().await;
    let refused = world.call(&school(), Call::Confirm, &draft.id).await.expect_err("a draft is not confirmed");
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "INVALID_TRANSITION"));
    let details = tonic_types::StatusExt::get_details_error_info(&refused).expect("details").metadata;
    assert_eq!((details["from"].as_str(), details["to"].as_str()), ("DRAFT", "CONFIRMED"));
    assert!(refused.message().contains("« Nouvelle »"), "{}", refused.message());

    let sent = world.request_in(State::Sent).await;
    let refused = world.call(&school(), Call::AcceptForAgency, &sent.id).await.expect_err("the coordinator's");
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::PermissionDenied, "ROLE_NOT_ALLOWED"));
}

#[tokio::test]
async fn a_refusal_does_not_give_away_what_the_destination_answered() {
    let world = World::new().await;
    let request = world.request_in(State::DeclinedByDestination).await;
    let refused = world.call(&school(), Call::Confirm, &request.id).await.expect_err("not accepted");
    let details = tonic_types::StatusExt::get_details_error_info(&refused).expect("details").metadata;
    assert_eq!(details["from"], "REDIRECTED");
}

#[tokio::test]
async fn an_agency_that_is_not_a_user_is_answered_for_by_the_school() {
    let world = World::new().await;
    let ask = PlacementRequest {
        site_id: CLINIC_SITE.to_string(),
        service_id: CLINIC_SERVICE.to_string(),
        destination_id: String::new(),
        ..request()
    };
    let draft = world.create(&school(), ask).await.expect("a draft for a clinic");
    assert_eq!(draft.receiving_coordinator_id, "");
    let sent = world.call(&school(), Call::Send, &draft.id).await.expect("no. 4");
    assert_eq!((sent.state(), sent.state_label.as_str()), (State::SentOffline, "Envoyée-P"));
    let accepted = world.call(&school(), Call::AcceptForAgency, &draft.id).await.expect("no. 14");
    assert_eq!(accepted.state(), State::Accepted);
    let entries = world.history(&school(), &draft.id).await;
    assert!(entries.last().expect("the answer").on_behalf);
}

#[tokio::test]
async fn a_destination_without_an_active_account_is_reached_by_mail_and_answered_for() {
    let world = World::new().await;
    let request = world.request_in(State::Sent).await;
    let message = RedirectRequestRequest {
        id: request.id.clone(),
        destination_id: MAIL_UNIT.to_string(),
        comment: "Merci de répondre".into(),
        ..Default::default()
    };
    let redirected = world.client(&receiver()).redirect_request(message).await.expect("no. 6").into_inner();
    assert_eq!(redirected.request.expect("the request").state(), State::RedirectedOffline);
    let answered = world.call(&receiver(), Call::DeclineAtDestination, &request.id).await.expect("no. 9");
    assert_eq!(answered.state(), State::DeclinedByDestination);
    let entries = world.history(&receiver(), &request.id).await;
    assert!(entries.last().expect("the answer").on_behalf);
    let to_school = world.history(&school(), &request.id).await;
    assert!(to_school.iter().all(|entry| entry.comment.is_empty()), "words for the agent are not for the school");
}

#[tokio::test]
async fn whether_a_destination_is_a_user_is_seen_at_the_moment_of_the_redirection() {
    let world = World::new().await;
    let grants = || vec![agent_of(ScopeKind::Destination, UNIT)];
    let good = person(AGENT, "Louis", "Hébert", AccountState::Active, grants());
    let mut without_alerts = good.clone();
    without_alerts.alerts_accepted = false;
    let mut archived = good.clone();
    archived.active = false;
    let cases = [
        (person(AGENT, "Louis", "Hébert", AccountState::Disabled, grants()), State::RedirectedOffline),
        (person(AGENT, "Louis", "Hébert", AccountState::Active, vec![]), State::RedirectedOffline),
        (
            person(AGENT, "Louis", "Hébert", AccountState::Active, vec![agent_of(ScopeKind::Destination, MAIL_UNIT)]),
            State::RedirectedOffline,
        ),
        (without_alerts, State::RedirectedOffline),
        (archived, State::RedirectedOffline),
        (
            person(AGENT, "Louis", "Hébert", AccountState::Active, vec![agent_of(ScopeKind::Site, crate::world::SITE)]),
            State::Redirected,
        ),
        (good, State::Redirected),
    ];
    for (version, (agent, expected)) in (2..).zip(cases) {
        world.person(version, &agent).await;
        let request = world.request_in(State::Sent).await;
        let redirected = world.call(&receiver(), Call::Redirect, &request.id).await.expect("nos. 5, 6");
        assert_eq!(redirected.state(), expected, "{agent:?}");
    }
}

#[tokio::test]
async fn a_service_that_redirects_by_itself_needs_a_named_unit_that_is_a_user() {
    let world = World::new().await;
    let to = |destination: String| PlacementRequest {
        service_id: AUTOMATIC_SERVICE.to_string(),
        destination_id: destination,
        ..request()
    };
    for (destination, expected) in [
        (UNIT.to_string(), State::RedirectedAutomatically),
        (MAIL_UNIT.to_string(), State::Sent),
        (String::new(), State::Sent),
    ] {
        let draft = world.create(&school(), to(destination)).await.expect("a draft");
        let sent = world.call(&school(), Call::Send, &draft.id).await.expect("no. 7");
        assert_eq!(sent.state(), expected);
        if expected == State::RedirectedAutomatically {
            let entries = world.history(&school(), &draft.id).await;
            let last = entries.last().expect("the redirection");
            assert_eq!((last.action.as_str(), last.person_id.as_str()), ("REDIRECTED_AUTOMATICALLY", ""));
            world.call(&agent(), Call::AcceptAtDestination, &draft.id).await.expect("no. 8");
        }
    }
}

#[tokio::test]
async fn a_unit_that_is_changed_while_it_waits_gets_it_by_the_way_that_reaches_it() {
    let world = World::new().await;
    let request = world.request_in(State::Redirected).await;
    let message = proto::placement::v1::ChangeDestinationRequest {
        id: request.id.clone(),
        destination_id: MAIL_UNIT.to_string(),
        ..Default::default()
    };
    let moved = world.client(&receiver()).change_destination(message).await.expect("no. 22").into_inner();
    assert_eq!(moved.request.expect("the request").state(), State::RedirectedOffline);
    let gone = world.call(&agent(), Call::Get, &request.id).await.expect_err("no longer theirs");
    assert_eq!(reason(&gone), "NOT_FOUND");
}

#[tokio::test]
async fn a_stale_answer_is_rejected() {
    let world = World::new().await;
    let request = world.request_in(State::Redirected).await;
    let stale = world.call_at(&agent(), Call::AcceptAtDestination, &request.id, "1").await.expect_err("stale");
    assert_eq!((stale.code(), reason(&stale).as_str()), (Code::Aborted, "STALE_ETAG"));
    world.call_at(&agent(), Call::AcceptAtDestination, &request.id, &request.etag).await.expect("current");
}

#[tokio::test]
async fn of_two_who_answer_at_once_one_is_told_to_read_again() {
    let world = World::new().await;
    let request = world.request_in(State::Redirected).await;
    let answer = |comment: &str| AnswerAtDestinationRequest {
        id: request.id.clone(),
        answer: Answer::Accept.into(),
        comment: comment.into(),
        ..Default::default()
    };
    let (mut one, mut two) = (world.client(&agent()), world.client(&agent()));
    let (one, two) = tokio::join!(one.answer_at_destination(answer("un")), two.answer_at_destination(answer("deux")));
    let refused = one.err().into_iter().chain(two.err()).collect::<Vec<_>>();
    assert_eq!(refused.len(), 1, "exactly one is first");
    // Whoever read before the first one's commit lost a race; whoever read after it sees an answered request.
    assert!(["STALE_ETAG", "INVALID_TRANSITION"].contains(&reason(&refused[0]).as_str()));
    let answers = world.history(&agent(), &request.id).await;
    assert_eq!(answers.iter().filter(|e| e.action == "ACCEPTED_BY_DESTINATION").count(), 1);
}

#[tokio::test]
async fn words_reach_everybody_who_sees_the_request_and_change_nothing_else() {
    let world = World::new().await;
    let request = world.request_in(State::Redirected).await;
    for user in [school(), receiver(), agent()] {
        let after = world.call(&user, Call::Comment, &request.id).await.expect("they see it");
        assert_eq!((after.state(), &after.due_date), (State::Redirected, &request.due_date));
    }
    for user in [school(), receiver(), agent()] {
        let entries = world.history(&user, &request.id).await;
        let said = entries.iter().filter(|entry| (&*entry.action, &*entry.comment) == ("COMMENTED", "Merci"));
        assert_eq!(said.count(), 3, "{:?}", user.role);
    }
    assert!(world.call(&school(), Call::Get, &request.id).await.expect("theirs").changed_by_others);
    let stale = world.call_at(&school(), Call::Comment, &request.id, "1").await.expect_err("stale");
    assert_eq!(reason(&stale), "STALE_ETAG");
    let mut silent = world.client(&school());
    let refused = silent.add_comment(AddCommentRequest { id: request.id, ..Default::default() }).await;
    assert_eq!(crate::world::faults(&refused.expect_err("no words")), "comment=REQUIRED");
}

#[tokio::test]
async fn nothing_is_said_about_a_draft_and_much_about_what_is_over() {
    let world = World::new().await;
    let draft = world.draft().await;
    let refused = world.call(&school(), Call::Comment, &draft.id).await.expect_err("there is nobody to hear it");
    assert_eq!(reason(&refused), "INVALID_TRANSITION");
    for state in [State::Declined, State::Cancelled, State::Confirmed] {
        let request = world.request_in(state).await;
        let after = world.call(&receiver(), Call::Comment, &request.id).await.expect("one may still speak");
        assert_eq!(after.state(), state);
    }
    let sent = world.request_in(State::Sent).await;
    world.call(&receiver(), Call::Comment, &sent.id).await.expect("the receiving side speaks");
    let refused = world.call(&school(), Call::Delete, &sent.id).await.expect_err("what was spoken of is not deleted");
    assert_eq!(reason(&refused), "ALREADY_ACTED_ON");
}
