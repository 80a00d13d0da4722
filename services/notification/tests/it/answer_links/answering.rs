//! Answering by a link.

use std::collections::HashMap;

use proto::{
    notification::v1::{UseAnswerLinkRequest, answer_link_service_client::AnswerLinkServiceClient},
    placement::v1::{Answer, Misfit, RequestAcceptedByDestination, RequestDeclinedByDestination, State},
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::world::{AGENT, REQUEST, UNIT, World, facts, reason};

#[tokio::test]
async fn a_link_shows_the_request_and_the_reasons_and_is_not_used_up() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    for _ in 0..2 {
        let page = world.look_up(&token).await.unwrap();
        assert_eq!((page.language.as_str(), page.reference.as_str()), ("en", "QC-7F3K-29"));
        assert_eq!((page.placing_agency.as_str(), page.destination.as_str()), ("Cégep de la Rive", "4 Ouest"));
        assert_eq!(page.receiving_coordinator, "Rachel Roy");
        assert!(page.comment.contains("troisième"));
        let reasons: Vec<_> = page.decline_reasons.iter().map(|r| r.code.as_str()).collect();
        assert_eq!(reasons, ["D2", "D10"]);
        assert_eq!(page.decline_reasons[0].name.as_ref().unwrap().fr, "Capacité atteinte");
        assert_eq!(page.expires_at.unwrap().seconds, 1_795_442_400 + 30 * 86_400);
    }
    // Copying adds spaces.
    world.look_up(&format!(" {token}\n")).await.unwrap();
    assert_eq!(world.links().await, ["OPEN"]);
}

#[tokio::test]
async fn a_link_accepts_once() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    let answer = world.accept(&token).await.unwrap();
    assert_eq!((answer.answer(), answer.reference.as_str()), (Answer::Accept, "QC-7F3K-29"));
    let [told] = world.placement.answers().try_into().unwrap();
    assert_eq!(
        (told.id, told.agent_id, told.destination_id),
        (REQUEST.to_string(), AGENT.to_string(), UNIT.to_string())
    );
    assert_eq!((told.answer, told.comment.as_str()), (Answer::Accept.into(), "Bienvenue"));
    assert_eq!(world.links().await, ["USED"]);
    assert_eq!(reason(world.look_up(&token).await), (Code::FailedPrecondition, "LINK_USED".into()));
    assert_eq!(reason(world.decline(&token).await), (Code::FailedPrecondition, "LINK_USED".into()));
    // The same answer repeated is answered alike, and placement is not bothered.
    assert_eq!(world.accept(&token).await.unwrap(), answer);
    assert_eq!(world.placement.answers().len(), 1);
}

#[tokio::test]
async fn a_link_declines_with_a_reason() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    assert_eq!(world.decline(&token).await.unwrap().answer(), Answer::Decline);
    assert_eq!(world.placement.answers()[0].reason_code, "D2");
    assert_eq!(world.links().await, ["USED"]);
}

#[tokio::test]
async fn a_reason_that_does_not_fit_leaves_the_link_open() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    for (answer, code) in
        [(Answer::Decline, "A1"), (Answer::Decline, "C2"), (Answer::Decline, "ZZ"), (Answer::Accept, "D2")]
    {
        let refused = world.answer(&token, answer, code).await;
        assert_eq!(reason(refused), (Code::InvalidArgument, "INVALID_FIELDS".into()), "{code}");
    }
    assert_eq!((world.placement.answers().len(), world.links().await), (0, vec!["OPEN".to_owned()]));
    world.answer(&token, Answer::Accept, "A1").await.unwrap();
}

#[tokio::test]
async fn an_answer_to_what_has_changed_meanwhile_leaves_the_link_open() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    let details = ErrorDetails::with_error_info("STALE_ETAG", "tandem.health", HashMap::<String, String>::new());
    world.placement.fail_next(Status::with_error_details(Code::Aborted, "not what was read", details));
    assert_eq!(reason(world.accept(&token).await), (Code::Aborted, "REQUEST_CHANGED".into()));
    assert_eq!(world.links().await, ["OPEN"]);
    // Somebody else was faster with the row: nothing is known of the answer yet.
    world.placement.fail_next(Status::aborted("lost a race"));
    assert_eq!(reason(world.accept(&token).await).0, Code::Unavailable);
    assert_eq!(world.links().await, ["CLAIMED"]);
    world.accept(&token).await.unwrap();
}

#[tokio::test]
async fn a_yes_that_is_silent_about_what_does_not_fit_leaves_the_link_open() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    let details = ErrorDetails::with_error_info("DOES_NOT_FIT", "tandem.health", HashMap::<String, String>::new());
    world.placement.fail_next(Status::with_error_details(Code::FailedPrecondition, "too many", details));
    assert_eq!(reason(world.accept(&token).await), (Code::FailedPrecondition, "DOES_NOT_FIT".into()));
    assert_eq!(world.links().await, ["OPEN"]);
    let knowing = UseAnswerLinkRequest {
        token,
        answer: Answer::Accept.into(),
        despite_misfits: vec![Misfit::Capacity.into()],
        ..UseAnswerLinkRequest::default()
    };
    let mut client = AnswerLinkServiceClient::new(world.running.as_nobody());
    client.use_answer_link(knowing).await.expect("knowingly");
    let told = world.placement.answers().pop().expect("the answer");
    assert_eq!(told.despite_misfits, [i32::from(Misfit::Capacity)]);
    assert_eq!(world.links().await, ["USED"]);
}

#[tokio::test]
async fn of_two_answers_at_the_same_time_one_counts() {
    for _ in 0..5 {
        let world = World::new().await;
        let token = world.mailed_link().await;
        let (yes, no) = tokio::join!(world.accept(&token), world.decline(&token));
        let lost = match (yes, no) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            both => panic!("one counts: {both:?}"),
        };
        assert_eq!(reason::<()>(Err(lost)), (Code::FailedPrecondition, "LINK_USED".into()));
        assert_eq!(world.placement.taken(), 1);
    }
}

#[tokio::test]
async fn the_same_answer_at_the_same_time_is_one_answer() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    let (first, second) = tokio::join!(world.accept(&token), world.accept(&token));
    assert_eq!(first.unwrap(), second.unwrap());
    assert_eq!((world.placement.taken(), world.links().await), (1, vec!["USED".to_owned()]));
}

#[tokio::test]
async fn when_placement_is_away_the_same_answer_may_be_given_again_and_no_other() {
    for lost in [false, true] {
        let world = World::new().await;
        let token = world.mailed_link().await;
        if lost {
            world.placement.lose_next_reply();
        } else {
            world.placement.fail_next(Status::unavailable("away"));
        }
        assert_eq!(reason(world.accept(&token).await), (Code::Unavailable, "UNAVAILABLE".into()));
        assert_eq!(world.links().await, ["CLAIMED"]);
        assert_eq!(reason(world.decline(&token).await), (Code::FailedPrecondition, "LINK_USED".into()));
        world.accept(&token).await.unwrap();
        assert_eq!((world.placement.taken(), world.links().await), (1, vec!["USED".to_owned()]));
        let keys: Vec<_> = world.placement.answers().into_iter().map(|a| a.request_id).collect();
        assert_eq!(keys[0], keys[1]);
    }
}

#[tokio::test]
async fn the_answers_own_event_settles_a_link_whose_call_broke_off() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    world.placement.lose_next_reply();
    assert_eq!(reason(world.accept(&token).await).0, Code::Unavailable);
    assert_eq!(reason(world.look_up(&token).await), (Code::FailedPrecondition, "LINK_USED".into()));
    let request = Some(facts(State::AcceptedByDestination, State::RedirectedOffline, Some(AGENT)));
    world.deliver(&RequestAcceptedByDestination { request }, 4).await;
    assert_eq!(world.links().await, ["USED"]);
    assert_eq!(world.accept(&token).await.unwrap().answer(), Answer::Accept);
}

#[tokio::test]
async fn another_answer_does_not_settle_a_claimed_link() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    world.placement.fail_next(Status::unavailable("away"));
    assert_eq!(reason(world.accept(&token).await).0, Code::Unavailable);
    let request = Some(facts(State::DeclinedByDestination, State::RedirectedOffline, Some(AGENT)));
    world.deliver(&RequestDeclinedByDestination { request }, 4).await;
    world.placement.close();
    assert_eq!(reason(world.accept(&token).await), (Code::FailedPrecondition, "LINK_CLOSED".into()));
    assert_eq!(world.links().await, ["CLOSED"]);
}

#[tokio::test]
async fn what_placement_refuses_closes_the_link() {
    for refusal in [Status::failed_precondition("moved on"), Status::not_found("gone"), Status::permission_denied("no")]
    {
        let world = World::new().await;
        let token = world.mailed_link().await;
        world.placement.fail_next(refusal);
        assert_eq!(reason(world.accept(&token).await), (Code::FailedPrecondition, "LINK_CLOSED".into()));
        assert_eq!(world.links().await, ["CLOSED"]);
        assert_eq!(reason(world.accept(&token).await), (Code::FailedPrecondition, "LINK_CLOSED".into()));
    }
}

#[tokio::test]
async fn what_placement_finds_invalid_may_be_answered_otherwise() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    world.placement.fail_next(Status::invalid_argument("that reason is no longer offered"));
    assert_eq!(reason(world.decline(&token).await), (Code::InvalidArgument, "INVALID_FIELDS".into()));
    assert_eq!(world.links().await, ["OPEN"]);
    world.answer(&token, Answer::Decline, "D10").await.unwrap();
}

#[tokio::test]
async fn a_page_that_cannot_be_described_says_so() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    world.placement.fail_next(Status::unavailable("away"));
    assert_eq!(reason(world.look_up(&token).await), (Code::Unavailable, "UNAVAILABLE".into()));
    world.placement.fail_next(Status::not_found("deleted"));
    assert_eq!(reason(world.look_up(&token).await), (Code::FailedPrecondition, "LINK_CLOSED".into()));
    world.placement.close();
    assert_eq!(reason(world.look_up(&token).await), (Code::FailedPrecondition, "LINK_CLOSED".into()));
}
