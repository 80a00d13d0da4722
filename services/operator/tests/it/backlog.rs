//! Queues that grow and shrink, on a real RabbitMQ.

use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties,
    options::{BasicPublishOptions, ConfirmSelectOptions, QueueDeclareOptions, QueuePurgeOptions},
    types::FieldTable,
};
use operator::resource::State;
use serde_json::json;
use testkit::{
    encrypted::{self, Authority},
    rabbitmq::Broker,
};

use crate::{
    cluster::Cluster,
    environment::{Environment, Operator},
};

const QUEUE: &str = "notification.placement.v1.request_sent";

/// A release whose province reads the lengths of a broker's queues.
async fn at_a_broker(cluster: &Cluster, name: &str, broker: &Broker) -> (Environment, Operator, Channel) {
    let connection = Connection::connect(broker.url(), ConnectionProperties::default()).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
    for queue in [QUEUE, &format!("{QUEUE}.retry.1"), &format!("{QUEUE}.dead"), "reporting.placement.v1.request_sent"] {
        let options = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
        let quorum =
            [("x-queue-type", "quorum")].map(|(k, v)| (k.into(), lapin::types::AMQPValue::LongString(v.into())));
        let arguments = FieldTable::from(std::collections::BTreeMap::from(quorum));
        channel.queue_declare(queue.into(), options, arguments).await.unwrap();
    }
    let environment = Environment::new(cluster, name).await;
    environment.deploy("tandem-qc", "gateway").await;
    environment.deploy("tandem-qc", "notification").await;
    environment.secret("broker-management", json!({ "username": "guest", "password": "guest" })).await;
    let operator = environment.operator("first");
    let address = testkit::rabbitmq::server().management_url.replace("guest:guest@", "");
    let vhost = broker.url().rsplit('/').next().unwrap().to_owned();
    let change = |spec: &mut serde_json::Value| {
        spec["broker"]["managementUrl"] = json!(address.trim_end_matches('/'));
        spec["broker"]["vhost"] = json!(vhost);
    };
    environment.declare("quebec", change).await.unwrap();
    environment.state("quebec", State::Ready).await;
    (environment, operator, channel)
}

async fn publish(channel: &Channel, queue: &str, messages: usize) {
    for _ in 0..messages {
        let properties = BasicProperties::default();
        let options = BasicPublishOptions::default();
        let confirm = channel.basic_publish("".into(), queue.into(), options, b"x", properties).await.unwrap();
        confirm.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backlog_brings_replicas_and_its_end_takes_them_back() {
    let Some(cluster) = Cluster::shared("a_backlog_brings_replicas_and_its_end_takes_them_back").await else { return };
    let broker = Broker::fresh().await;
    let (environment, operator, channel) = at_a_broker(cluster, "backlog", &broker).await;
    // What is dead, what is set aside for a retry and what is another's brings nothing.
    for queue in [format!("{QUEUE}.retry.1"), format!("{QUEUE}.dead"), "reporting.placement.v1.request_sent".into()] {
        publish(&channel, &queue, 150).await;
    }
    publish(&channel, QUEUE, 250).await;
    environment.wait_for_bounds("tandem-qc-notification", (3, 6)).await;
    assert_eq!(environment.bounds("tandem-qc-gateway").await, Some((2, 8)));
    environment.status("quebec", "the consumers", |status| status.ready == "5/5").await;
    // From one or from two, as fast as the operator looks while messages arrive.
    let decided = environment.event("Backlog", "→ 3.").await;
    assert!(decided.contains("messages sont en attente"), "{decided}");
    publish(&channel, QUEUE, 600).await;
    environment.wait_for_bounds("tandem-qc-notification", (6, 6)).await;
    environment.status("quebec", "all consumers", |status| status.ready == "8/8").await;
    channel.queue_purge(QUEUE.into(), QueuePurgeOptions::default()).await.unwrap();
    environment.status("quebec", "calm", |status| status.components[1].calm_since.is_some()).await;
    assert_eq!(environment.bounds("tandem-qc-notification").await, Some((6, 6)));
    for (seconds, min) in [(600, 5), (60, 4)] {
        environment.advance(seconds);
        environment.wait_for_bounds("tandem-qc-notification", (min, 6)).await;
    }
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_gone_is_reported_and_costs_no_replica() {
    let Some(cluster) = Cluster::shared("a_broker_that_is_gone_is_reported_and_costs_no_replica").await else { return };
    let broker = Broker::fresh().await;
    let (environment, operator, channel) = at_a_broker(cluster, "gone", &broker).await;
    publish(&channel, QUEUE, 150).await;
    environment.wait_for_bounds("tandem-qc-notification", (2, 6)).await;
    drop(broker);
    let status = environment.state("quebec", State::Degraded).await;
    assert!(!status.summary.contains("guest"), "{}", status.summary);
    environment.advance(86_400);
    environment.status("quebec", "the doubt", |status| status.components[1].reason == "BacklogUnknown").await;
    assert_eq!(environment.bounds("tandem-qc-notification").await, Some((2, 6)));
    environment.end(operator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_encrypted_broker_is_read_when_its_certificate_is_of_the_right_authority() {
    let Some(cluster) = Cluster::shared("an_encrypted_broker_is_read").await else { return };
    let (authority, other) = (Authority::new().unwrap(), Authority::new().unwrap());
    let broker = encrypted::Broker::start(&authority).await.unwrap();
    let environment = Environment::new(cluster, "encrypted").await;
    environment.deploy("tandem-qc", "gateway").await;
    environment.deploy("tandem-qc", "notification").await;
    environment.secret("broker-management", json!({ "username": "guest", "password": "guest" })).await;
    let pem = |authority: &Authority| std::fs::read_to_string(authority.file()).unwrap();
    environment.secret("broker-ca", json!({ "right.crt": pem(&authority), "ca.crt": pem(&other) })).await;
    let operator = environment.operator("first");
    let with = |ca: serde_json::Value| {
        let address = broker.management_url();
        move |spec: &mut serde_json::Value| {
            spec["broker"]["managementUrl"] = json!(address);
            spec["broker"]["caSecret"] = ca;
        }
    };
    environment.declare("quebec", with(json!({ "name": "broker-ca" }))).await.unwrap();
    environment.state("quebec", State::Degraded).await;
    environment.declare("quebec", with(json!({ "name": "broker-ca", "key": "right.crt" }))).await.unwrap();
    environment.state("quebec", State::Ready).await;
    environment.end(operator).await;
}
