//! The stream of changes: across replicas, and nothing of what a viewer may not notice.

use std::sync::Arc;

use jiff::SignedDuration;
use placement::{Config, Placement};
use proto::placement::v1::{
    State, WatchKind, WatchRequestsRequest, WatchRequestsResponse,
    placement_request_service_client::PlacementRequestServiceClient,
};
use testkit::service::{Running, User};
use tokio::task::JoinHandle;
use tonic::Streaming;

use crate::{
    calls::Call,
    world::{OTHER_HOSPITAL, World, agent, receiver, school},
};

/// A replica beside the world's, which alone listens: what is heard there was done elsewhere.
pub struct Replica {
    running: Arc<Running>,
    listening: Option<JoinHandle<()>>,
}

impl Replica {
    pub async fn beside(world: &World) -> Self {
        let running = Arc::new(world.running.replica::<Placement>(Config::default()).await);
        Self { running, listening: None }
    }

    /// Opens a stream. The first one begins to listen with it, so that it is told when that has begun.
    pub async fn watch(&mut self, user: &User) -> Streaming<WatchRequestsResponse> {
        let mut client = PlacementRequestServiceClient::new(self.running.as_user(user));
        let mut stream = client.watch_requests(WatchRequestsRequest {}).await.expect("admitted").into_inner();
        assert_eq!(next(&mut stream).await, (WatchKind::Heartbeat, String::new()));
        if self.listening.is_none() {
            let running = Arc::clone(&self.running);
            self.listening = Some(tokio::spawn(async move {
                running.run_task("watch_requests").await.expect("it listens until it is stopped");
            }));
            assert_eq!(next(&mut stream).await, (WatchKind::Resync, String::new()));
        }
        stream
    }
}

pub async fn next(stream: &mut Streaming<WatchRequestsResponse>) -> (WatchKind, String) {
    let message = stream.message().await.expect("the stream goes on").expect("it has not ended");
    (message.kind(), message.request_id)
}

#[tokio::test]
async fn what_one_replica_does_is_told_by_the_other() {
    let world = World::new().await;
    let id = world.draft().await.id;
    let mut replica = Replica::beside(&world).await;
    let (mut pc, mut rc) = (replica.watch(&school()).await, replica.watch(&receiver()).await);
    world.call(&school(), Call::Send, &id).await.expect("no. 2");
    assert_eq!(next(&mut pc).await, (WatchKind::Changed, id.clone()));
    assert_eq!(next(&mut rc).await, (WatchKind::Changed, id));
}

#[tokio::test]
async fn an_answer_of_the_destination_does_not_wake_the_school() {
    let world = World::new().await;
    let hidden = world.request_in(State::Redirected).await.id;
    let visible = world.request_in(State::Sent).await.id;
    let mut replica = Replica::beside(&world).await;
    let (mut pc, mut rc) = (replica.watch(&school()).await, replica.watch(&receiver()).await);
    world.call(&agent(), Call::DeclineAtDestination, &hidden).await.expect("no. 8");
    world.call(&receiver(), Call::AcceptForAgency, &visible).await.expect("no. 11");
    assert_eq!(next(&mut rc).await.1, hidden);
    assert_eq!(next(&mut rc).await.1, visible);
    assert_eq!(next(&mut pc).await.1, visible);
    world.call(&receiver(), Call::DeclineForAgency, &hidden).await.expect("no. 10");
    assert_eq!(next(&mut pc).await.1, hidden);
}

#[tokio::test]
async fn nobody_is_told_of_what_is_not_theirs() {
    let world = World::new().await;
    let (one, two) = (world.draft().await.id, world.request_in(State::Sent).await.id);
    let mut replica = Replica::beside(&world).await;
    let elsewhere = User { scopes: vec![chassis::Scope::Agency(OTHER_HOSPITAL.into())], ..receiver() };
    let (mut stranger, mut dc) = (replica.watch(&elsewhere).await, replica.watch(&agent()).await);
    world.call(&school(), Call::Send, &one).await.expect("no. 2: not yet the unit's");
    world.call(&receiver(), Call::Redirect, &two).await.expect("no. 5");
    assert_eq!(next(&mut dc).await.1, two);
    world.call(&receiver(), Call::ChangeDestination, &two).await.expect("no. 22: no longer the unit's");
    assert_eq!(next(&mut dc).await.1, two);
    replica.running.stop();
    assert!(stranger.message().await.expect("a good end").is_none(), "nothing in all that time");
}

#[tokio::test]
async fn who_watches_is_told_that_something_may_have_been_missed() {
    let world = World::new().await;
    let id = world.request_in(State::Sent).await.id;
    let mut replica = Replica::beside(&world).await;
    let mut pc = replica.watch(&school()).await;
    let rename = async |statement: &'static str| {
        sqlx::query(statement).execute(&world.running.db).await.expect("renamed");
    };
    rename("alter table outbox rename to outbox_away").await;
    let ended = replica.listening.take().expect("it listens").await;
    assert!(ended.is_err(), "it does not go on without the outbox");
    rename("alter table outbox_away rename to outbox").await;
    let running = Arc::clone(&replica.running);
    replica.listening = Some(tokio::spawn(async move {
        running.run_task("watch_requests").await.expect("it listens until it is stopped");
    }));
    assert_eq!(next(&mut pc).await, (WatchKind::Resync, String::new()));
    world.call(&receiver(), Call::Redirect, &id).await.expect("no. 5");
    assert_eq!(next(&mut pc).await, (WatchKind::Changed, id));
}

#[tokio::test]
async fn a_stream_ends_with_its_token_and_with_its_process() {
    let world = World::new().await;
    let id = world.request_in(State::Sent).await.id;
    let mut replica = Replica::beside(&world).await;
    let mut old = replica.watch(&school()).await;
    world.running.clock.advance(SignedDuration::from_hours(2));
    let mut young = replica.watch(&school()).await;
    world.call(&receiver(), Call::Redirect, &id).await.expect("no. 5");
    assert_eq!(next(&mut young).await.1, id);
    // What came before the clock was looked at again is still told.
    assert_eq!(next(&mut old).await.1, id);
    assert!(old.message().await.expect("a good end").is_none());
    replica.running.stop();
    assert!(young.message().await.expect("a good end").is_none());
    replica.listening.take().expect("it listens").await.expect("and ends with the process");
}
