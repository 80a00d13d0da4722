//! What events and mails cost the database.

use notification::Config;
use proto::placement::v1::{RequestAccepted, RequestFacts, RequestRedirected, State};
use testkit::telemetry::Telemetry;
use uuid::Uuid;

use crate::world::{AGENT, COORDINATOR, REQUEST, UNIT, World, facts, id, redirected};

const REQUESTS: usize = 20;

fn of(request: Uuid, facts: RequestFacts) -> Option<RequestFacts> {
    Some(RequestFacts { id: request.to_string(), ..facts })
}

/// A statement more is to be seen here: each event of one kind costs as much as any other.
#[tokio::test]
async fn an_event_and_a_mail_cost_what_they_must() {
    let world = World::with(|config| config.senders = Config::default().senders).await;
    world.fill().await;
    let telemetry = Telemetry::of_process();
    let _before = telemetry.statements();
    for request in (0x9000..).take(REQUESTS).map(id) {
        let event = RequestRedirected { request: of(request, redirected(UNIT, AGENT)) };
        world.running.deliver(&event, request, 3).await.expect("taken");
        assert_eq!(telemetry.statements(), 6, "its facts, its links, a link in two, a mail, and COMMIT");
        let facts = facts(State::Accepted, State::RedirectedOffline, Some(COORDINATOR));
        let event = RequestAccepted { request: of(request, facts) };
        world.running.deliver(&event, request, 4).await.expect("taken");
        assert_eq!(telemetry.statements(), 5, "its facts, its links, a link in one, a mail, and COMMIT");
    }
    world.send().await;
    let (executed, mails) = (telemetry.statements(), world.sink.mails().len());
    assert!(mails >= REQUESTS, "{mails}");
    assert!(executed <= 3 * mails, "{executed} for {mails} mails");
}

/// Under load events come together, and then cost next to nothing each.
#[tokio::test]
async fn events_that_come_together_cost_what_one_costs() {
    let world = World::new().await;
    world.fill().await;
    let requests: Vec<Uuid> = (0x9000..).take(REQUESTS).map(id).collect();
    let redirected = requests.iter().map(|&request| {
        let event = RequestRedirected { request: of(request, redirected(UNIT, AGENT)) };
        world.running.arriving(&event, request, 3)
    });
    let accepted = requests.iter().map(|&request| {
        let facts = facts(State::Accepted, State::RedirectedOffline, Some(COORDINATOR));
        world.running.arriving(&RequestAccepted { request: of(request, facts) }, request, 4)
    });
    let telemetry = Telemetry::of_process();
    let _before = telemetry.statements();
    world.running.deliver_all(&redirected.collect::<Vec<_>>()).await.expect("taken");
    assert_eq!(telemetry.statements(), 6, "as one");
    world.running.deliver_all(&accepted.collect::<Vec<_>>()).await.expect("taken");
    assert_eq!(telemetry.statements(), 5, "as one");
    let mails: i64 = sqlx::query_scalar("SELECT count(*) FROM delivery").fetch_one(&world.running.db).await.unwrap();
    assert_eq!(mails, i64::try_from(2 * REQUESTS).unwrap());
}

/// Of one request as well: a link that the next event replaces is never sent.
#[tokio::test]
async fn a_link_that_is_replaced_within_a_batch_is_closed_before_it_is_sent() {
    let world = World::new().await;
    world.fill().await;
    let redirected = || RequestRedirected { request: Some(redirected(UNIT, AGENT)) };
    let batch = [world.running.arriving(&redirected(), REQUEST, 3), world.running.arriving(&redirected(), REQUEST, 5)];
    world.running.deliver_all(&batch).await.expect("taken");
    world.send().await;
    let states: Vec<String> = sqlx::query_scalar("SELECT state FROM answer_link ORDER BY request_version")
        .fetch_all(&world.running.db)
        .await
        .unwrap();
    assert_eq!(states, ["CLOSED", "OPEN"]);
    assert_eq!(world.sink.mails().len(), 1, "the mail with the open link");
}
