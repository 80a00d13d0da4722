//! The way to the broker: encrypted, to the right server, or not at all.

use std::path::PathBuf;

use eventing::{RabbitMqConfig, Transport};
use testkit::encrypted::{Authority, Broker};

use crate::world::{Recorder, World};

fn transport(url: String, ca_file: Option<PathBuf>) -> Transport {
    Transport::rabbitmq(RabbitMqConfig { ca_file, ..RabbitMqConfig::new(url) })
}

#[tokio::test(flavor = "multi_thread")]
async fn events_travel_encrypted_to_a_broker_of_the_right_authority() {
    let (authority, other) = (Authority::new().unwrap(), Authority::new().unwrap());
    let broker = Broker::start(&authority).await.unwrap();
    let mut world = World::in_process().await;
    world.use_transport(transport(broker.url(), Some(authority.file())));
    let recorder = Recorder::taking();
    let consumer = world.consume(&recorder).await;
    world.publish("sealed").await;
    world.relay().drain().await.unwrap();
    world.wait_for_effect("sealed").await;
    consumer.stopped().await;
    // Another authority, none but the public ones, a file that is not there, another name, and no encryption at all.
    for refused in [
        transport(broker.url(), Some(other.file())),
        transport(broker.url(), None),
        transport(broker.url(), Some("/nowhere/ca.crt".into())),
        transport(broker.url().replace("localhost", "127.0.0.2"), Some(authority.file())),
        transport(broker.url().replace("amqps://", "amqp://"), None),
    ] {
        assert!(!refused.is_reachable().await);
    }
}
