//! Answers through a mailed link.

use proto::{
    identity::v1::Role,
    placement::v1::{
        Answer, AnswerByLinkRequest, ChangeDestinationRequest, DescribeForLinkRequest, Misfit, RedirectRequestRequest,
        RequestAcceptedByDestination, State,
    },
};
use uuid::Uuid;

use crate::{
    calls::Call,
    closures,
    world::{MAIL_AGENT, MAIL_UNIT, NEXT_UNIT, World, faults, reason, receiver},
};

/// A request that waits for the unit whose agent has no account.
async fn mailed(world: &World) -> String {
    let id = world.request_in(State::Sent).await.id;
    let message =
        RedirectRequestRequest { id: id.clone(), destination_id: MAIL_UNIT.to_string(), ..Default::default() };
    world.client(&receiver()).redirect_request(message).await.expect("no. 6");
    id
}

fn describe(id: &str) -> DescribeForLinkRequest {
    DescribeForLinkRequest {
        id: id.to_owned(),
        agent_id: MAIL_AGENT.to_string(),
        destination_id: MAIL_UNIT.to_string(),
    }
}

fn answer(id: &str, answer: Answer, reason: &str) -> AnswerByLinkRequest {
    AnswerByLinkRequest {
        id: id.to_owned(),
        agent_id: MAIL_AGENT.to_string(),
        destination_id: MAIL_UNIT.to_string(),
        answer: answer.into(),
        reason_code: reason.into(),
        comment: "Bienvenue".into(),
        request_id: Uuid::from_u128(0x11).to_string(),
        ..Default::default()
    }
}

#[tokio::test]
async fn an_answer_is_for_what_was_read() {
    let world = World::new().await;
    let id = mailed(&world).await;
    let read = async || world.internal().describe_for_link(describe(&id)).await.expect("theirs").into_inner();
    let etag = read().await.request.expect("the request").etag;
    let yes = |etag: &str| AnswerByLinkRequest { etag: etag.to_owned(), ..answer(&id, Answer::Accept, "") };
    for call in [Call::Comment, Call::ChangeDates] {
        world.call(&receiver(), call, &id).await.expect("something changes");
        let refused = world.internal().answer_by_link(yes(&etag)).await.expect_err("not what was read");
        assert_eq!((refused.code(), reason(&refused).as_str()), (tonic::Code::Aborted, "STALE_ETAG"));
    }
    let etag = read().await.request.expect("the request").etag;
    let taken = world.internal().answer_by_link(yes(&etag)).await.expect("what was read").into_inner();
    assert_eq!(taken.request.map(|request| request.state()), Some(State::AcceptedByDestination));
}

#[tokio::test]
async fn an_agent_reads_and_answers_once_through_a_link() {
    let world = World::new().await;
    let id = mailed(&world).await;
    let described = world.internal().describe_for_link(describe(&id)).await.expect("theirs").into_inner();
    let request = described.request.expect("the request");
    assert!(described.answerable);
    assert_eq!((request.state(), request.state_label.as_str()), (State::RedirectedOffline, "En attente"));

    let yes = || answer(&id, Answer::Accept, "");
    let first = world.internal().answer_by_link(yes()).await.expect("no. 9").into_inner();
    assert_eq!(first.request.as_ref().map(|r| r.state()), Some(State::AcceptedByDestination));
    let again = world.internal().answer_by_link(yes()).await.expect("the same link, the same answer").into_inner();
    assert_eq!(first, again);
    assert_eq!(world.running.published::<RequestAcceptedByDestination>().await.len(), 1);

    let entries = world.history(&receiver(), &id).await;
    let last = entries.last().expect("the answer");
    assert_eq!((last.person_id.as_str(), last.person_name.as_str()), (&*MAIL_AGENT.to_string(), "Anne Duquet"));
    assert_eq!(
        (last.role(), last.on_behalf, last.comment.as_str()),
        (Role::DestinationCoordinator, false, "Bienvenue")
    );

    let described = world.internal().describe_for_link(describe(&id)).await.expect("still theirs").into_inner();
    assert!(!described.answerable);
}

#[tokio::test]
async fn who_accepts_by_a_link_knows_what_does_not_fit() {
    let world = World::new().await;
    let id = mailed(&world).await;
    world.closure(1, closures::unit(MAIL_UNIT)).await;
    let described = world.internal().describe_for_link(describe(&id)).await.expect("theirs").into_inner();
    assert_eq!(described.request.expect("the request").misfits().collect::<Vec<_>>(), [Misfit::Closed]);
    let refused = world.internal().answer_by_link(answer(&id, Answer::Accept, "")).await.expect_err("silent");
    assert_eq!((refused.code(), reason(&refused).as_str()), (tonic::Code::FailedPrecondition, "DOES_NOT_FIT"));
    let knowing =
        AnswerByLinkRequest { despite_misfits: vec![Misfit::Closed.into()], ..answer(&id, Answer::Accept, "") };
    let taken = world.internal().answer_by_link(knowing).await.expect("the same link, knowingly").into_inner();
    assert_eq!(taken.request.map(|request| request.state()), Some(State::AcceptedByDestination));
}

#[tokio::test]
async fn a_link_does_not_change_a_mind() {
    let world = World::new().await;
    let id = mailed(&world).await;
    world.internal().answer_by_link(answer(&id, Answer::Decline, "D1")).await.expect("no. 9");
    let mut other = answer(&id, Answer::Accept, "");
    other.request_id = Uuid::from_u128(0x12).to_string();
    let refused = world.internal().answer_by_link(other).await.expect_err("answered already");
    assert_eq!(reason(&refused), "INVALID_TRANSITION");
    let reused = world.internal().answer_by_link(answer(&id, Answer::Accept, "")).await.expect_err("another answer");
    assert_eq!(faults(&reused), "request_id=REQUEST_ID_REUSED");
}

#[tokio::test]
async fn a_refusal_by_link_needs_its_reason() {
    let world = World::new().await;
    let id = mailed(&world).await;
    let refused = world.internal().answer_by_link(answer(&id, Answer::Decline, "")).await.expect_err("why?");
    assert_eq!(faults(&refused), "reason_code=REQUIRED");
}

#[tokio::test]
async fn a_request_that_went_elsewhere_or_is_over_refuses_the_answer() {
    let world = World::new().await;
    let id = mailed(&world).await;
    let message =
        ChangeDestinationRequest { id: id.clone(), destination_id: NEXT_UNIT.to_string(), ..Default::default() };
    world.client(&receiver()).change_destination(message).await.expect("no. 22");
    let refused = world.internal().answer_by_link(answer(&id, Answer::Accept, "")).await.expect_err("elsewhere");
    assert_eq!(reason(&refused), "NOT_FOUND");
    let hidden = world.internal().describe_for_link(describe(&id)).await.expect_err("elsewhere");
    assert_eq!(reason(&hidden), "NOT_FOUND");

    let id = mailed(&world).await;
    world.call(&receiver(), Call::Cancel, &id).await.expect("no. 17");
    let refused = world.internal().answer_by_link(answer(&id, Answer::Accept, "")).await.expect_err("cancelled");
    assert_eq!(reason(&refused), "INVALID_TRANSITION");
    let described = world.internal().describe_for_link(describe(&id)).await.expect("it was theirs").into_inner();
    assert!(!described.answerable);
}
