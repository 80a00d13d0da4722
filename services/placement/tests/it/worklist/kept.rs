//! Counts that were made before are answered again, and never when something has happened since, whichever replica did it.

use futures::future::join_all;
use placement::{Config, Placement};
use proto::placement::v1::{
    GetWorklistRequest, WorklistItem, WorklistKind, placement_request_service_client::PlacementRequestServiceClient,
};
use testkit::service::{Running, User};

use crate::{
    calls::Call,
    world::{World, agent, monitor, receiver, school},
};

async fn counts(running: &Running, user: &User) -> Vec<WorklistItem> {
    let mut client = PlacementRequestServiceClient::new(running.as_user(user));
    client.get_worklist(GetWorklistRequest {}).await.expect("a worklist").into_inner().items
}

/// Every replica says at once what one that has counted nothing before says.
#[tokio::test]
async fn no_count_is_older_than_what_was_done_before_it_was_asked_for() {
    let world = World::new().await;
    let other = world.running.replica::<Placement>(Config::default()).await;
    let everybody = [school(), receiver(), agent(), monitor()];
    let id = world.draft().await.id;
    let steps = [
        (school(), Call::Send),
        (receiver(), Call::Redirect),
        (school(), Call::Seen),
        (agent(), Call::AcceptAtDestination),
        (receiver(), Call::Seen),
        (receiver(), Call::AcceptForAgency),
        (school(), Call::Seen),
        (school(), Call::Confirm),
        (receiver(), Call::Comment),
        (agent(), Call::Seen),
        (receiver(), Call::Cancel),
    ];
    for (user, step) in steps {
        for running in [&world.running, &other] {
            for reader in &everybody {
                counts(running, reader).await;
            }
        }
        world.call(&user, step, &id).await.expect("the next step");
        let fresh = world.running.replica::<Placement>(Config::default()).await;
        for reader in &everybody {
            let expected = counts(&fresh, reader).await;
            // At once, so that they share what is read of the outbox.
            let all = [&other, &world.running, &other, &other].map(|running| counts(running, reader));
            for told in join_all(all).await {
                assert_eq!(told, expected, "{:?} after {step:?}", reader.role);
            }
        }
    }
}

#[tokio::test]
async fn nothing_is_counted_again_before_something_has_happened() {
    let world = World::new().await;
    world.draft().await;
    let drafts = async || {
        counts(&world.running, &school()).await.iter().find(|i| i.kind() == WorklistKind::Drafts).map(|i| i.count)
    };
    assert_eq!(drafts().await, Some(1));
    // Behind everybody's back, as no release does it.
    let past = "UPDATE placement_request SET start_date = '2020-01-06', end_date = '2020-02-07'";
    sqlx::query(past).execute(&world.running.db).await.expect("moved");
    assert_eq!(drafts().await, Some(1), "nothing has happened");
    let id = world.draft().await.id;
    assert_eq!(drafts().await, Some(1), "what was moved does not count any more, what is new does");
    world.call(&school(), Call::Delete, &id).await.expect("no. 17");
    assert_eq!(drafts().await, Some(0));
}
