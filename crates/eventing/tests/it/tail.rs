//! What is appended is read once, whoever commits it and in whichever order.

use eventing::{Appended, Appends, OutboxSignal, Tail, Tx};
use prost::Message as _;

use crate::world::{Changed, World, append};

async fn begin(world: &World, value: &str) -> Tx {
    let mut tx = eventing::begin(&world.source).await.unwrap();
    append(&mut tx, &world.ids, value, 1, value).await;
    tx
}

/// Somebody who looks whenever there may be something.
struct Reader {
    appends: Appends,
    tail: Tail,
}

impl Reader {
    async fn begin(world: &World, signal: &OutboxSignal) -> Self {
        let tail = Tail::begin(world.source.clone()).await.unwrap();
        Self { appends: Appends::of(signal.clone()), tail }
    }

    async fn next(&mut self) -> Vec<String> {
        loop {
            self.appends.wait().await;
            let read = self.read().await;
            if !read.is_empty() {
                return read;
            }
        }
    }

    async fn read(&mut self) -> Vec<String> {
        let value = |appended: Appended| {
            assert_eq!(appended.event_type, "source.v1.changed");
            Changed::decode(&*appended.payload).unwrap().value
        };
        self.tail.read().await.unwrap().into_iter().map(value).collect()
    }
}

#[tokio::test]
async fn what_is_committed_is_read_whether_this_process_did_it_or_another() {
    let world = World::in_process().await;
    world.publish("before").await;
    let mut here = Reader::begin(&world, &world.signal).await;
    let mut elsewhere = Reader::begin(&world, &OutboxSignal::default()).await;
    for value in ["one", "another"] {
        world.publish(value).await;
        assert_eq!(here.next().await, [value]);
        assert_eq!(elsewhere.next().await, [value]);
    }
}

#[tokio::test]
async fn what_is_committed_late_is_read_once_too() {
    let world = World::in_process().await;
    let early = begin(&world, "took its position before the tail began").await;
    world.publish("before").await;
    let mut tail = Reader::begin(&world, &world.signal).await;
    let late = begin(&world, "took it before the next").await;
    let never = begin(&world, "never").await;
    world.publish("next").await;
    assert_eq!(tail.next().await, ["next"]);
    late.commit().await.unwrap();
    assert_eq!(tail.next().await, ["took it before the next"]);
    never.rollback().await.unwrap();
    early.commit().await.unwrap();
    assert_eq!(tail.next().await, ["took its position before the tail began"]);
    world.publish("last").await;
    assert_eq!(tail.next().await, ["last"]);
}

#[tokio::test]
async fn what_was_committed_before_one_looks_is_read_without_waiting_and_in_pieces() {
    let world = World::in_process().await;
    let mut reader = Reader::begin(&world, &OutboxSignal::default()).await;
    world.publish("there").await;
    assert_eq!(reader.read().await, ["there"]);
    assert_eq!(reader.read().await, Vec::<String>::new());

    let mut tx = eventing::begin(&world.source).await.unwrap();
    for number in 0..1_500 {
        append(&mut tx, &world.ids, &number.to_string(), 1, "many").await;
    }
    tx.commit().await.unwrap();
    assert_eq!((reader.read().await.len(), reader.tail.has_more()), (1_000, true));
    assert_eq!((reader.read().await.len(), reader.tail.has_more()), (500, false));
}
