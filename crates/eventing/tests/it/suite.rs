//! The facts that hold on both transports.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use eventing::dead_letters;
use testkit::wait_for;

use crate::world::{QUEUE, Reaction, Recorder, World, append};

pub async fn what_was_committed_before_a_kill_is_handled_after_it(world: World) {
    let recorder = Recorder::taking();
    // The queue exists; then the consumer's process is gone, too.
    world.consume(&recorder).await.kill().await;
    for n in 0..20 {
        world.publish(&format!("v{n}")).await;
    }
    let mut tx = eventing::begin(&world.source).await.unwrap();
    append(&mut tx, &world.ids, "undone", 1, "undone").await;
    tx.rollback().await.unwrap();

    world.forget_transport();
    let _consumer = world.consume(&recorder).await;
    let _relay = world.run_relay();
    wait_for("all effects", async || world.all_effects().await == 20).await;
    assert_eq!(world.effects("undone").await, 0);
}

/// The mark is held up by a lock, the relay is killed while it waits for it.
pub async fn an_event_whose_relay_died_before_the_mark_takes_effect_once(world: World) {
    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    let id = world.publish("once").await;
    let mut lock = eventing::begin(&world.source).await.unwrap();
    let held = sqlx::query("select from outbox where id = $1 for update").bind(id.uuid());
    held.execute(&mut *lock).await.unwrap();

    let relay = world.run_relay();
    world.wait_for_effect("once").await;
    let marking = "select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like 'update outbox%'";
    let blocked = async || sqlx::query_scalar::<_, i64>(marking).fetch_one(&world.source).await.unwrap() == 1;
    wait_for("the relay to be about to mark", blocked).await;
    relay.kill().await;
    // A killed machine's backend would find out by itself; here the lock must not let it finish.
    let end = "select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'";
    sqlx::query(end).execute(&world.source).await.unwrap();
    lock.rollback().await.unwrap();

    world.publish("later").await;
    wait_for("the dead relay's lock", async || world.relay().drain().await.is_ok_and(|published| published == 2)).await;
    world.wait_for_effect("later").await;
    assert_eq!(world.effects("once").await, 1);
}

pub async fn an_event_whose_handler_was_killed_comes_again(world: World) {
    let recorder = Recorder::new(|_, nth| if nth == 1 { Reaction::Hang } else { Reaction::Take });
    let consumer = world.consume(&recorder).await;
    let _relay = world.run_relay();
    world.publish("again").await;
    wait_for("the handler to hang", async || recorder.calls("again") == 1).await;
    consumer.kill().await;
    assert_eq!(world.effects("again").await, 0);
    let _consumer = world.consume(&recorder).await;
    world.wait_for_effect("again").await;
    assert_eq!((world.effects("again").await, recorder.calls("again")), (1, 2));
}

pub async fn an_event_that_arrives_five_times_takes_effect_once(world: World) {
    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    world.publish("once").await;
    for _ in 0..5 {
        assert_eq!(world.relay().drain().await.unwrap(), 1);
        sqlx::query("update outbox set published_at = null").execute(&world.source).await.unwrap();
    }
    sqlx::query("delete from outbox").execute(&world.source).await.unwrap();
    world.publish("last").await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("last").await;
    assert_eq!((world.effects("once").await, recorder.calls("once")), (1, 1));
}

pub async fn an_older_version_that_arrives_late_changes_nothing(world: World) {
    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    world.publish_as("a", 2, "new").await;
    world.publish_as("a", 1, "old").await;
    world.publish_as("a", 3, "newest").await;
    world.publish_as("a", 2, "new again").await;
    world.relay().drain().await.unwrap();
    wait_for("all four", async || world.all_effects().await == 4).await;
    let value: String =
        sqlx::query_scalar("select value from projection where id = 'a'").fetch_one(&world.target).await.unwrap();
    assert_eq!(value, "newest");
}

pub async fn a_poison_message_is_laid_aside_listed_and_replayed(world: World) {
    let mended = Arc::new(AtomicBool::new(false));
    let is_mended = Arc::clone(&mended);
    let recorder = Recorder::new(move |value, _| {
        if value == "poison" && !is_mended.load(Ordering::Relaxed) { Reaction::Reject } else { Reaction::Take }
    });
    let _consumer = world.consume(&recorder).await;
    let _relay = world.run_relay();
    let poison = world.publish("poison").await;
    world.publish("good").await;
    world.wait_for_effect("good").await;

    let queues = [QUEUE.to_owned()];
    let list = async || dead_letters::list(&world.transport(), &queues).await.unwrap();
    wait_for("the dead letter", async || list().await.len() == 1).await;
    let letter = list().await.remove(0);
    assert_eq!((letter.event_id, letter.attempts), (Some(poison), 1));
    assert_eq!(letter.event_type.as_deref(), Some("source.v1.changed"));
    assert!(letter.reason.contains("poison") && letter.died_at.is_some(), "{letter:?}");
    // Alone, and before that in a batch where it came with the good one.
    assert!((1..=2).contains(&recorder.calls("poison")));

    mended.store(true, Ordering::Relaxed);
    let other = world.ids.next();
    assert_eq!(dead_letters::replay(&world.transport(), QUEUE, Some(other)).await.unwrap(), 0);
    assert_eq!(dead_letters::replay(&world.transport(), QUEUE, Some(poison)).await.unwrap(), 1);
    world.wait_for_effect("poison").await;
    assert!(list().await.is_empty());
}

pub async fn a_message_that_cannot_be_read_is_laid_aside(world: World) {
    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    let id = world.publish("spoilt").await;
    sqlx::query("update outbox set payload = '\\xffffff'").execute(&world.source).await.unwrap();
    world.publish("good").await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("good").await;
    let queues = [QUEUE.to_owned()];
    let list = async || dead_letters::list(&world.transport(), &queues).await.unwrap();
    wait_for("the dead letter", async || list().await.iter().any(|letter| letter.event_id == Some(id))).await;
}

pub async fn a_failed_event_comes_again_after_its_delay(world: World) {
    let recorder = Recorder::new(|_, nth| match nth {
        1 => Reaction::Retry,
        2 => Reaction::Panic,
        _ => Reaction::Take,
    });
    let _consumer = world.consume(&recorder).await;
    let _relay = world.run_relay();
    let started = tokio::time::Instant::now();
    world.publish("third time").await;
    world.wait_for_effect("third time").await;
    assert_eq!((world.effects("third time").await, recorder.calls("third time")), (1, 3));
    assert!(started.elapsed() >= Duration::from_millis(100), "two delays of 50 ms lie between");
}

pub async fn hooks_are_told_of_commits_alone(world: World) {
    let recorder = Recorder::new(|_, nth| if nth == 1 { Reaction::Retry } else { Reaction::Take });
    let _consumer = world.consume(&recorder).await;
    world.publish("second time").await;
    world.relay().drain().await.unwrap();
    wait_for("the hook", async || recorder.commits.load(Ordering::Relaxed) == 1).await;
    assert_eq!((world.effects("second time").await, recorder.calls("second time")), (1, 2));
    sqlx::query("update outbox set published_at = null").execute(&world.source).await.unwrap();
    world.publish("last").await;
    world.relay().drain().await.unwrap();
    wait_for("the hook again", async || recorder.commits.load(Ordering::Relaxed) >= 2).await;
    world.wait_for_effect("last").await;
    assert_eq!(recorder.commits.load(Ordering::Relaxed), 2, "a duplicate changes nothing");
}

pub async fn an_event_that_fails_every_time_is_given_up(world: World) {
    let recorder = Recorder::new(|value, _| if value == "bad" { Reaction::Retry } else { Reaction::Take });
    let _consumer = world.consume(&recorder).await;
    let _relay = world.run_relay();
    let id = world.publish("bad").await;
    let queues = [QUEUE.to_owned()];
    let list = async || dead_letters::list(&world.transport(), &queues).await.unwrap();
    wait_for("the dead letter", async || !list().await.is_empty()).await;
    let letter = list().await.remove(0);
    assert_eq!((letter.event_id, letter.attempts, recorder.calls("bad")), (Some(id), 3, 3));
    assert_eq!(world.effects("bad").await, 0);
}

pub async fn a_serialization_failure_is_tried_again_at_once(mut world: World) {
    world.config.retry_delays.clear();
    let recorder = Recorder::new(|_, nth| if nth < 3 { Reaction::Collide } else { Reaction::Take });
    let _consumer = world.consume(&recorder).await;
    world.publish("in the end").await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("in the end").await;
    assert_eq!(recorder.calls("in the end"), 3);
}

pub async fn a_swallowed_database_error_does_not_lose_the_event(world: World) {
    let recorder = Recorder::new(|_, nth| if nth == 1 { Reaction::SwallowAnError } else { Reaction::Take });
    let _consumer = world.consume(&recorder).await;
    world.publish("kept").await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("kept").await;
    assert_eq!((world.effects("kept").await, recorder.calls("kept")), (1, 2));
}

pub async fn an_event_that_no_queue_takes_waits_until_one_does(world: World) {
    for version in 1..=3 {
        world.publish_as("a", version, &format!("v{version}")).await;
    }
    assert_eq!(world.relay().drain().await.unwrap(), 0);
    let relay = world.run_relay();
    world.publish_as("a", 4, "v4").await;
    let parked = "select count(*) from outbox where parked_at is not null and published_at is null";
    let all_parked = async || sqlx::query_scalar::<_, i64>(parked).fetch_one(&world.source).await.unwrap() == 4;
    wait_for("the events to be parked", all_parked).await;

    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    wait_for("all effects", async || world.all_effects().await == 4).await;
    let versions: Vec<i64> =
        sqlx::query_scalar("select version from effect order by position").fetch_all(&world.target).await.unwrap();
    assert_eq!(versions, [1, 2, 3, 4]);
    relay.stopped().await;
}

pub async fn another_relay_takes_over_from_a_dead_leader(world: World) {
    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    let first = world.run_relay();
    world.publish("by the first").await;
    world.wait_for_effect("by the first").await;
    let _second = world.run_relay();
    first.kill().await;
    world.publish("by the second").await;
    world.wait_for_effect("by the second").await;
    assert_eq!(world.all_effects().await, 2);
}

/// The second relay does not lead: it tells the leader of what is committed beside it.
pub async fn a_commit_beside_a_relay_that_does_not_lead_wakes_the_one_that_does(mut world: World) {
    world.relay_config.poll_interval = Duration::from_hours(1);
    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    let leader = world.run_relay();
    world.publish("first").await;
    world.wait_for_effect("first").await;
    world.signal = eventing::OutboxSignal::default();
    let _follower = world.run_relay();
    world.publish("second").await;
    world.wait_for_effect("second").await;
    drop(leader);
}

pub async fn a_stopping_consumer_finishes_what_is_in_hand(world: World) {
    let recorder = Recorder::new(|_, _| Reaction::WaitForAPermit);
    let consumer = world.consume(&recorder).await;
    world.publish("in hand").await;
    world.relay().drain().await.unwrap();
    wait_for("the event to be in hand", async || recorder.calls("in hand") == 1).await;
    consumer.ask_to_stop();
    recorder.permits.add_permits(1);
    consumer.stopped().await;
    assert_eq!(world.effects("in hand").await, 1);

    let after = Recorder::taking();
    let _consumer = world.consume(&after).await;
    world.publish("next").await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("next").await;
    assert_eq!(after.calls("in hand"), 0, "it was acknowledged before the consumer ended");
}

pub async fn old_rows_are_deleted(mut world: World) {
    world.relay_config.keep_published = Duration::ZERO;
    world.config.keep_inbox = Duration::ZERO;
    world.config.housekeeping_interval = Duration::from_millis(50);
    let recorder = Recorder::taking();
    let _consumer = world.consume(&recorder).await;
    let _relay = world.run_relay();
    world.publish("short-lived").await;
    world.wait_for_effect("short-lived").await;
    let rows = async |pool, table| {
        let count = sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(format!("select count(*) from {table}")));
        count.fetch_one(pool).await.unwrap()
    };
    wait_for("the outbox to be empty", async || rows(&world.source, "outbox").await == 0).await;
    wait_for("the inbox to be empty", async || rows(&world.target, "inbox").await == 0).await;
}

/// Holds a consumer up until `values` wait behind it as one batch.
async fn publish_behind_a_held_consumer(world: &World, recorder: &Recorder, values: &[&str]) {
    world.publish("held").await;
    world.relay().drain().await.unwrap();
    wait_for("the consumer to be held", async || recorder.calls("held") == 1).await;
    for value in values {
        world.publish(value).await;
    }
    world.relay().drain().await.unwrap();
}

pub async fn a_poison_event_in_the_middle_of_a_batch_holds_up_no_other(world: World) {
    let recorder = Recorder::new(|value, _| match value {
        "held" => Reaction::WaitForAPermit,
        "poison" => Reaction::Reject,
        _ => Reaction::Take,
    });
    let _consumer = world.consume(&recorder).await;
    publish_behind_a_held_consumer(&world, &recorder, &["a", "b", "poison", "c", "d"]).await;
    recorder.permits.add_permits(1);
    wait_for("all but one", async || world.all_effects().await == 5).await;
    for value in ["a", "b", "c", "d"] {
        assert_eq!(world.effects(value).await, 1, "{value}");
    }
    let queues = [QUEUE.to_owned()];
    let list = async || dead_letters::list(&world.transport(), &queues).await.unwrap();
    wait_for("the dead letter", async || list().await.len() == 1).await;
    assert_eq!(world.effects("poison").await, 0);
}

pub async fn an_event_that_comes_twice_in_a_batch_takes_effect_once(world: World) {
    let recorder = Recorder::new(|value, _| if value == "held" { Reaction::WaitForAPermit } else { Reaction::Take });
    let _consumer = world.consume(&recorder).await;
    publish_behind_a_held_consumer(&world, &recorder, &["a", "b"]).await;
    for _ in 0..3 {
        let again = "update outbox set published_at = null where position > (select min(position) from outbox)";
        sqlx::query(again).execute(&world.source).await.unwrap();
        assert_eq!(world.relay().drain().await.unwrap(), 2);
    }
    recorder.permits.add_permits(1);
    world.publish("last").await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("last").await;
    assert_eq!((world.effects("a").await, world.effects("b").await), (1, 1));
    assert_eq!((recorder.calls("a"), recorder.calls("b")), (1, 1));
}

pub async fn a_batch_killed_before_its_commit_comes_again_whole(world: World) {
    let recorder = Recorder::new(|value, nth| match (value, nth) {
        ("held", _) => Reaction::WaitForAPermit,
        ("c", 1) => Reaction::Hang,
        _ => Reaction::Take,
    });
    let consumer = world.consume(&recorder).await;
    publish_behind_a_held_consumer(&world, &recorder, &["a", "b", "c", "d"]).await;
    recorder.permits.add_permits(1);
    wait_for("the third to hang", async || recorder.calls("c") == 1).await;
    consumer.kill().await;
    assert_eq!(world.effects("c").await, 0);
    let _consumer = world.consume(&recorder).await;
    wait_for("all effects", async || world.all_effects().await == 5).await;
    for value in ["held", "a", "b", "c", "d"] {
        assert_eq!(world.effects(value).await, 1, "{value}");
    }
}

/// While a release is rolled out, servers of the one before take from the same queue what only the new one handles.
pub async fn what_no_handler_takes_yet_waits_for_one_that_does(mut world: World) {
    world.config.retry_delays = vec![Duration::from_millis(50); 2];
    let recorder = Recorder::taking();
    world.consume(&recorder).await.stopped().await;
    let id = world.publish("of the new release").await;
    world.relay().drain().await.unwrap();
    let old = world.consume_nothing_known().await;
    let queues = [QUEUE.to_owned()];
    let list = async || dead_letters::list(&world.transport(), &queues).await.unwrap();
    wait_for("the event to be given up", async || !list().await.is_empty()).await;
    let letter = list().await.remove(0);
    assert_eq!((letter.event_id, letter.attempts), (Some(id), 3), "tried as often as one that fails");
    old.stopped().await;
    let _new = world.consume(&recorder).await;
    assert_eq!(dead_letters::replay(&world.transport(), QUEUE, None).await.unwrap(), 1);
    world.wait_for_effect("of the new release").await;
}
