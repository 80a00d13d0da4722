//! Old mails leave the log.

use jiff::SignedDuration;
use notification::PRUNE_DELIVERIES;
use proto::{
    notification::v1::DeliveryState,
    placement::v1::{RequestSent, State},
};

use crate::{
    deliveries::log::resend,
    world::{SCHOOL_COORDINATOR, World, facts},
};

async fn sent(world: &World) {
    let request = Some(facts(State::Sent, State::Draft, Some(SCHOOL_COORDINATOR)));
    world.deliver(&RequestSent { request }, 1).await;
    world.send().await;
}

async fn prune(world: &World) -> Vec<String> {
    world.running.run_task(PRUNE_DELIVERIES).await.unwrap();
    world.log().await.into_iter().rev().map(|line| line.template).collect()
}

fn after_days(world: &World, days: i64) {
    world.running.clock.advance(SignedDuration::from_hours(days * 24));
}

#[tokio::test]
async fn a_settled_mail_stays_as_long_as_the_setting_says() {
    let world = World::new().await;
    sent(&world).await;
    after_days(&world, 400);
    assert_eq!(prune(&world).await, ["REQUEST_SENT"]);
    after_days(&world, 1);
    assert_eq!(prune(&world).await, [""; 0]);
    // A second run, and one beside it, find nothing to do.
    assert_eq!(prune(&world).await, [""; 0]);
}

#[tokio::test]
async fn what_still_waits_to_be_mailed_stays_however_old() {
    let world = World::new().await;
    let request = Some(facts(State::Sent, State::Draft, Some(SCHOOL_COORDINATOR)));
    world.deliver(&RequestSent { request }, 1).await;
    after_days(&world, 1000);
    assert_eq!(prune(&world).await, ["REQUEST_SENT"]);
    assert_eq!(world.log().await[0].state(), DeliveryState::Pending);
    world.send().await;
    assert_eq!(world.sink.mails().len(), 1);
}

#[tokio::test]
async fn a_mail_stays_while_somebody_may_answer_by_its_link() {
    let world = World::new().await;
    // Links of these tests outlive the log.
    let token = world.mailed_link().await;
    sqlx::query("UPDATE answer_link SET expires_at = expires_at + interval '1000 days'")
        .execute(&world.running.db)
        .await
        .unwrap();
    after_days(&world, 500);
    assert_eq!(prune(&world).await, ["REDIRECTED_LINK"]);
    assert_eq!(world.links().await, ["OPEN"]);
    sqlx::query("UPDATE answer_link SET state = 'CLOSED'").execute(&world.running.db).await.unwrap();
    assert_eq!(prune(&world).await, [""; 0]);
    // The link itself stays, so that whoever opens it still learns what became of it.
    assert!(world.look_up(&token).await.is_err());
    assert_eq!(world.links().await, ["CLOSED"]);
}

#[tokio::test]
async fn a_mail_that_was_sent_again_goes_after_the_one_that_repeats_it() {
    let world = World::new().await;
    sent(&world).await;
    let first = world.log().await.remove(0);
    after_days(&world, 300);
    resend(&world, &first.id, "").await.unwrap();
    world.send().await;
    after_days(&world, 200);
    assert_eq!(prune(&world).await, ["REQUEST_SENT", "REQUEST_SENT"]);
    after_days(&world, 201);
    assert_eq!(prune(&world).await, ["REQUEST_SENT"], "first the one that repeats");
    assert_eq!(prune(&world).await, [""; 0], "then the one that was repeated");
}
