//! What is appended is read once, whoever commits it and in whichever order.

use eventing::{Appended, OutboxSignal, Tail, Tx};
use prost::Message as _;

use crate::world::{Changed, World, append};

async fn begin(world: &World, value: &str) -> Tx {
    let mut tx = eventing::begin(&world.source).await.unwrap();
    append(&mut tx, &world.ids, value, 1, value).await;
    tx
}

async fn next(tail: &mut Tail) -> Vec<String> {
    let value = |appended: Appended| {
        assert_eq!(appended.event_type, "source.v1.changed");
        Changed::decode(&*appended.payload).unwrap().value
    };
    tail.next().await.unwrap().into_iter().map(value).collect()
}

#[tokio::test]
async fn what_is_committed_is_read_whether_this_process_did_it_or_another() {
    let world = World::in_process().await;
    world.publish("before").await;
    let mut here = Tail::begin(world.source.clone(), world.signal.clone()).await.unwrap();
    let mut elsewhere = Tail::begin(world.source.clone(), OutboxSignal::default()).await.unwrap();
    for value in ["one", "another"] {
        world.publish(value).await;
        assert_eq!(next(&mut here).await, [value]);
        assert_eq!(next(&mut elsewhere).await, [value]);
    }
}

#[tokio::test]
async fn what_is_committed_late_is_read_once_too() {
    let world = World::in_process().await;
    let early = begin(&world, "took its position before the tail began").await;
    world.publish("before").await;
    let mut tail = Tail::begin(world.source.clone(), world.signal.clone()).await.unwrap();
    let late = begin(&world, "took it before the next").await;
    let never = begin(&world, "never").await;
    world.publish("next").await;
    assert_eq!(next(&mut tail).await, ["next"]);
    late.commit().await.unwrap();
    assert_eq!(next(&mut tail).await, ["took it before the next"]);
    never.rollback().await.unwrap();
    early.commit().await.unwrap();
    assert_eq!(next(&mut tail).await, ["took its position before the tail began"]);
    world.publish("last").await;
    assert_eq!(next(&mut tail).await, ["last"]);
}
