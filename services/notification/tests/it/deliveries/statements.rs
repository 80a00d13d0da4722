//! What events and mails cost the database.

use notification::Config;
use proto::placement::v1::{RequestAccepted, RequestFacts, RequestRedirected, State};
use testkit::telemetry::Telemetry;
use uuid::Uuid;

use crate::world::{AGENT, COORDINATOR, UNIT, World, facts, id, redirected};

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
        assert_eq!(telemetry.statements(), 7, "its facts, its links, a link in four, a mail, and COMMIT");
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
