//! Links that do not open: altered, unknown, expired, superseded; and in which language that is told.

use jiff::SignedDuration;
use kernel::Clock as _;
use notification::{LinkKey, SealedLink};
use proto::{
    notification::v1::{
        LookUpAnswerLinkRequest, UseAnswerLinkRequest, answer_link_service_client::AnswerLinkServiceClient,
    },
    placement::v1::{
        Answer, RequestAccepted, RequestAcceptedByDestination, RequestCancelled, RequestDatesChanged,
        RequestDestinationChanged, RequestFacts, RequestRedirected, State,
    },
};
use tonic::{Code, Request};
use tonic_types::StatusExt as _;

use crate::world::{
    AGENT, COORDINATOR, OTHER_AGENT, OTHER_UNIT, SCHOOL_COORDINATOR, SECRET, UNIT, World, facts, id, reason,
    redirected, token,
};

#[tokio::test]
async fn an_altered_link_is_refused_whatever_was_altered() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    let flipped = |at: usize| {
        let other = if &token[at..=at] == "A" { "B" } else { "A" };
        format!("{}{other}{}", &token[..at], &token[at + 1..])
    };
    let altered = [flipped(0), flipped(30), flipped(74), token[..74].to_owned(), format!("{token}A"), "é".into()];
    for altered in altered {
        let refused = (Code::InvalidArgument, "LINK_ALTERED".to_owned());
        assert_eq!(reason(world.look_up(&altered).await), refused, "{altered}");
        assert_eq!(reason(world.accept(&altered).await), refused, "{altered}");
    }
    assert_eq!((world.placement.answers().len(), world.links().await), (0, vec!["OPEN".to_owned()]));
}

#[tokio::test]
async fn a_link_of_our_making_that_nobody_knows_is_refused() {
    let world = World::new().await;
    let expires_at = world.running.clock.now() + SignedDuration::from_hours(1);
    let unknown = LinkKey::new(SECRET).seal(SealedLink { id: id(404).into(), expires_at });
    assert_eq!(reason(world.look_up(&unknown).await), (Code::NotFound, "LINK_UNKNOWN".into()));
    assert_eq!(reason(world.accept(&unknown).await), (Code::NotFound, "LINK_UNKNOWN".into()));
}

#[tokio::test]
async fn an_expired_link_is_refused() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    world.running.clock.advance(SignedDuration::from_hours(30 * 24) - SignedDuration::from_secs(1));
    world.look_up(&token).await.unwrap();
    world.running.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(reason(world.look_up(&token).await), (Code::FailedPrecondition, "LINK_EXPIRED".into()));
    assert_eq!(reason(world.accept(&token).await), (Code::FailedPrecondition, "LINK_EXPIRED".into()));
    assert_eq!(world.placement.answers().len(), 0);
}

#[tokio::test]
async fn a_request_that_no_longer_waits_closes_its_link() {
    let by = |state, actor| Some(facts(state, State::RedirectedOffline, Some(actor)));
    for ending in 0..3 {
        let world = World::new().await;
        let token = world.mailed_link().await;
        match ending {
            0 => world.deliver(&RequestCancelled { request: by(State::Cancelled, SCHOOL_COORDINATOR) }, 4).await,
            1 => {
                let request = by(State::AcceptedByDestination, COORDINATOR);
                world.deliver(&RequestAcceptedByDestination { request }, 4).await;
            }
            _ => world.deliver(&RequestAccepted { request: by(State::Accepted, COORDINATOR) }, 4).await,
        }
        assert_eq!(world.links().await, ["CLOSED"], "{ending}");
        assert_eq!(reason(world.look_up(&token).await), (Code::FailedPrecondition, "LINK_CLOSED".into()));
        assert_eq!(reason(world.accept(&token).await), (Code::FailedPrecondition, "LINK_CLOSED".into()));
        assert_eq!(world.placement.answers().len(), 0);
    }
}

#[tokio::test]
async fn a_new_redirection_replaces_the_link() {
    let world = World::new().await;
    let first = world.mailed_link().await;
    world.deliver(&RequestRedirected { request: Some(redirected(OTHER_UNIT, OTHER_AGENT)) }, 5).await;
    world.send().await;
    let second = token(world.sink.mails().last().unwrap());
    assert_eq!(reason(world.accept(&first).await), (Code::FailedPrecondition, "LINK_CLOSED".into()));
    world.accept(&second).await.unwrap();
    assert_eq!(world.placement.answers()[0].agent_id, OTHER_AGENT.to_string());
}

#[tokio::test]
async fn a_change_of_unit_moves_the_link_and_a_change_of_dates_keeps_it() {
    let world = World::new().await;
    let first = world.mailed_link().await;
    let before = State::RedirectedOffline.into();
    let moved = RequestFacts { start_date: "2027-02-01".into(), previous_state: before, ..redirected(UNIT, AGENT) };
    world.deliver(&RequestDatesChanged { request: Some(moved) }, 4).await;
    assert_eq!(world.links().await, ["OPEN"]);
    world.deliver(&RequestDestinationChanged { request: Some(redirected(OTHER_UNIT, OTHER_AGENT)) }, 5).await;
    assert_eq!(world.links().await, ["CLOSED", "OPEN"]);
    world.send().await;
    let second = token(world.sink.mails().last().unwrap());
    assert_eq!(reason(world.look_up(&first).await).1, "LINK_CLOSED");
    assert_eq!(world.look_up(&second).await.unwrap().language, "fr");
}

#[tokio::test]
async fn a_refusal_is_told_in_the_agents_language_and_else_in_the_readers() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    world.accept(&token).await.unwrap();
    let told = async |token: &str, language: &'static str| {
        let mut request = Request::new(LookUpAnswerLinkRequest { token: token.to_owned() });
        request.metadata_mut().insert("accept-language", language.parse().unwrap());
        let mut client = AnswerLinkServiceClient::new(world.running.as_nobody());
        let status = client.look_up_answer_link(request).await.unwrap_err();
        let text = status.get_details_localized_message().unwrap();
        (text.locale, text.message)
    };
    let (locale, used) = told(&token, "fr").await;
    assert!(locale == "en" && used.starts_with("This link has already been used"), "{used}");
    let (locale, altered) = told("xyz", "fr").await;
    assert!(locale == "fr" && altered.starts_with("Ce lien n'est pas complet"), "{altered}");
    let (_, altered) = told("xyz", "en-CA").await;
    assert!(altered.starts_with("This link is incomplete"), "{altered}");
}

#[tokio::test]
async fn a_message_with_faults_learns_of_all_of_them() {
    let world = World::new().await;
    let mut client = AnswerLinkServiceClient::new(world.running.as_nobody());
    let faults = |status: tonic::Status| {
        let fields = status.get_details_bad_request().unwrap().field_violations;
        fields.into_iter().map(|f| (f.field, f.reason)).collect::<Vec<_>>()
    };
    let nothing = client.use_answer_link(UseAnswerLinkRequest::default()).await.unwrap_err();
    let required = |field: &str| (field.to_owned(), "REQUIRED".to_owned());
    assert_eq!(faults(nothing), [required("token"), required("answer")]);
    let mut long = UseAnswerLinkRequest { token: "x".repeat(401), comment: "x".repeat(4001), ..Default::default() };
    long.set_answer(Answer::Decline);
    let too_long = |field: &str| (field.to_owned(), "TOO_LONG".to_owned());
    let status = client.use_answer_link(long).await.unwrap_err();
    assert_eq!(faults(status), [too_long("token"), required("reason_code"), too_long("comment")]);
    let empty = client.look_up_answer_link(LookUpAnswerLinkRequest::default()).await.unwrap_err();
    assert_eq!(faults(empty), [required("token")]);
}

#[tokio::test]
async fn the_database_holds_nothing_that_opens_a_link() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    world.accept(&token).await.unwrap();
    let rows: String = sqlx::query_scalar(
        "SELECT string_agg(row::text, ' ') FROM (SELECT l::text FROM answer_link l UNION ALL SELECT d::text FROM delivery d)
         AS all_rows (row)",
    )
    .fetch_one(&world.running.db)
    .await
    .unwrap();
    assert!(rows.contains("USED") && !rows.contains(&token) && !rows.contains(&token[40..]));
    assert!(!rows.contains("Bienvenue"), "the words are not kept");
}
