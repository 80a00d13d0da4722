//! Mail servers that refuse, break off or are away; senders that die.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use kernel::Clock as _;
use notification::{Notification, SEND_MAIL};
use proto::{
    notification::v1::{Delivery, DeliveryState},
    placement::v1::{RequestSent, State},
};
use testkit::{mail::Fault, service};

use crate::{
    placement::Placement,
    world::{REQUEST, SCHOOL_COORDINATOR, World, address, config, facts},
};

async fn one_mail() -> World {
    let world = World::new().await;
    let request = Some(facts(State::Sent, State::Draft, Some(SCHOOL_COORDINATOR)));
    world.deliver(&RequestSent { request }, 1).await;
    world
}

async fn line(world: &World) -> Delivery {
    let [line] = world.log().await.try_into().unwrap();
    line
}

fn after(world: &World, seconds: i64) {
    world.running.clock.advance(SignedDuration::from_secs(seconds));
}

#[tokio::test]
async fn what_is_put_off_is_tried_again_later_under_the_same_message_id() {
    let world = one_mail().await;
    world.sink.fail_next(Fault::Temporary);
    world.sink.fail_next(Fault::Temporary);
    world.send().await;
    let waiting = line(&world).await;
    assert_eq!((waiting.state(), waiting.attempts), (DeliveryState::Pending, 1));
    assert!(waiting.last_error.contains("451"), "{}", waiting.last_error);
    after(&world, 29);
    world.send().await;
    assert_eq!(line(&world).await.attempts, 1);
    after(&world, 1);
    world.send().await;
    assert_eq!(line(&world).await.attempts, 2);
    after(&world, 60);
    world.send().await;
    let sent = line(&world).await;
    assert_eq!((sent.state(), sent.attempts, sent.last_error.as_str()), (DeliveryState::Sent, 3, ""));
    assert_eq!(world.sink.mails()[0].message_id(), format!("{}@tandem.example", sent.id));
}

#[tokio::test]
async fn what_is_refused_for_good_is_not_tried_again() {
    let world = one_mail().await;
    world.sink.fail_next(Fault::Permanent);
    world.send().await;
    after(&world, 7200);
    world.send().await;
    let failed = line(&world).await;
    assert_eq!((failed.state(), failed.attempts), (DeliveryState::Failed, 1));
    assert!(failed.last_error.contains("554"), "{}", failed.last_error);
    assert_eq!(world.sink.mails().len(), 0);
}

#[tokio::test]
async fn a_recipient_is_refused_for_now_or_for_good() {
    let world = one_mail().await;
    world.sink.refuse(&address("Rachel"), 450);
    world.send().await;
    assert_eq!(line(&world).await.state(), DeliveryState::Pending);
    world.sink.refuse(&address("Rachel"), 550);
    after(&world, 30);
    world.send().await;
    assert_eq!((line(&world).await.state(), line(&world).await.attempts), (DeliveryState::Failed, 2));
}

#[tokio::test]
async fn attempts_come_to_an_end() {
    let world = one_mail().await;
    world.sink.refuse(&address("Rachel"), 450);
    for _ in 0..5 {
        world.send().await;
        after(&world, 3600);
    }
    assert_eq!((line(&world).await.state(), line(&world).await.attempts), (DeliveryState::Failed, 3));
}

#[tokio::test]
async fn a_lost_answer_sends_the_same_mail_again() {
    let world = one_mail().await;
    world.sink.fail_next(Fault::LostAnswer);
    world.send().await;
    assert_eq!(line(&world).await.state(), DeliveryState::Pending);
    after(&world, 30);
    world.send().await;
    let [first, second] = world.sink.mails().try_into().unwrap();
    assert_eq!(first.message_id(), second.message_id());
    assert_eq!(String::from_utf8_lossy(&first.raw), String::from_utf8_lossy(&second.raw));
    assert_eq!(line(&world).await.state(), DeliveryState::Sent);
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_waited_for() {
    let placement = Placement::default();
    let peers = [("placement", placement.serve().await)];
    let running = service::start_with::<Notification>(config(testkit::free_port()), peers).await;
    let request = Some(facts(State::Sent, State::Draft, Some(SCHOOL_COORDINATOR)));
    let world = World { running, ..World::empty().await };
    world.fill().await;
    world.deliver(&RequestSent { request }, 1).await;
    world.send().await;
    let waiting = line(&world).await;
    assert_eq!((waiting.state(), waiting.attempts), (DeliveryState::Pending, 1));
    assert!(!waiting.last_error.is_empty());
}

/// A sender that claimed the mail and died: the row as it leaves it.
async fn claimed_by_the_dead(world: &World, until: Timestamp) {
    let done = sqlx::query("UPDATE delivery SET attempts = 1, claimed_until = $1 WHERE placement_request_id = $2")
        .bind(until.to_sqlx())
        .bind(REQUEST)
        .execute(&world.running.db)
        .await
        .unwrap();
    assert_eq!(done.rows_affected(), 1);
}

#[tokio::test]
async fn the_mail_of_a_dead_sender_is_taken_over_when_its_claim_runs_out() {
    let world = one_mail().await;
    claimed_by_the_dead(&world, world.running.clock.now() + SignedDuration::from_secs(80)).await;
    after(&world, 79);
    world.send().await;
    assert_eq!(world.sink.mails().len(), 0);
    after(&world, 1);
    world.send().await;
    let sent = line(&world).await;
    assert_eq!((sent.state(), sent.attempts, world.sink.mails().len()), (DeliveryState::Sent, 2, 1));
}

#[tokio::test]
async fn a_mail_over_which_every_sender_died_is_given_up() {
    let world = one_mail().await;
    claimed_by_the_dead(&world, world.running.clock.now()).await;
    sqlx::query("UPDATE delivery SET attempts = 3").execute(&world.running.db).await.unwrap();
    world.send().await;
    let failed = line(&world).await;
    assert_eq!((failed.state(), failed.last_error.as_str()), (DeliveryState::Failed, "NO_OUTCOME"));
    assert_eq!(world.sink.mails().len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn senders_side_by_side_mail_each_once() {
    let world = World::new().await;
    for version in 1..=20 {
        let request = Some(facts(State::Sent, State::Draft, Some(SCHOOL_COORDINATOR)));
        world.deliver(&RequestSent { request }, version).await;
    }
    tokio::join!(world.send(), world.send(), world.send());
    let ids: std::collections::BTreeSet<_> = world.sink.mails().iter().map(|m| m.message_id()).collect();
    assert_eq!((world.sink.mails().len(), ids.len()), (20, 20));
    assert!(world.log().await.iter().all(|d| d.state() == DeliveryState::Sent && d.attempts == 1));
}

#[tokio::test]
async fn a_mail_that_cannot_be_read_holds_up_no_other() {
    let world = one_mail().await;
    sqlx::query("UPDATE delivery SET facts = '{}'").execute(&world.running.db).await.unwrap();
    for version in 2..=12 {
        let request = Some(facts(State::Sent, State::Draft, Some(SCHOOL_COORDINATOR)));
        world.deliver(&RequestSent { request }, version).await;
    }
    world.send().await;
    world.send().await;
    assert_eq!(world.sink.mails().len(), 11);
    let waits = "SELECT count(*) FROM delivery WHERE state = 'PENDING' AND next_attempt_at > created_at";
    let waits: i64 = sqlx::query_scalar(waits).fetch_one(&world.running.db).await.unwrap();
    assert_eq!(waits, 1, "it is there for whoever mends it");
}

/// Outcomes are recorded where the next mails are claimed: what cannot be claimed must not undo them.
#[tokio::test]
async fn a_mail_that_cannot_be_claimed_does_not_send_another_again() {
    let world = World::with(|config| config.senders = 1).await;
    world.fill().await;
    for version in 1..=2 {
        let request = Some(facts(State::Sent, State::Draft, Some(SCHOOL_COORDINATOR)));
        world.deliver(&RequestSent { request }, version).await;
        after(&world, 1);
    }
    let second = "SELECT id::text FROM delivery ORDER BY next_attempt_at DESC LIMIT 1";
    let second: String = sqlx::query_scalar(second).fetch_one(&world.running.db).await.unwrap();
    let refusing = format!(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not this one'; END $$;
         CREATE TRIGGER refuse BEFORE UPDATE ON delivery FOR EACH ROW WHEN (OLD.id = '{second}') EXECUTE FUNCTION refuse()"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(refusing)).execute(&world.running.db).await.unwrap();

    for _ in 0..2 {
        world.running.run_task(SEND_MAIL).await.expect_err("the second cannot be claimed");
        after(&world, 7200);
    }
    let states: Vec<_> = world.log().await.iter().map(Delivery::state).collect();
    assert_eq!(states, [DeliveryState::Pending, DeliveryState::Sent], "newest first");
    assert_eq!(world.sink.mails().len(), 1);
}
