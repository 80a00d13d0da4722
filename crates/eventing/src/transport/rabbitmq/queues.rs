//! The broker's side of the topology. Arguments never change for a name: a broker refuses a second opinion.

use lapin::{
    Channel, ExchangeKind,
    options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable},
};

use super::answered;
use crate::transport::TransportError;

/// Deliveries without an answer after which the broker gives a message up: its handler ends the process each time.
const DELIVERY_LIMIT: i64 = 50;

/// `<queue>.retry.<n>`: where a message waits after its n-th failed attempt.
pub(super) fn retry_queue(queue: &str, attempts: u32) -> String {
    format!("{queue}.retry.{attempts}")
}

/// `<queue>.dead`: where a message rests that was given up.
pub(super) fn dead_queue(queue: &str) -> String {
    format!("{queue}.dead")
}

pub(super) async fn declare_exchange(channel: &Channel, exchange: &str) -> Result<(), TransportError> {
    let options = ExchangeDeclareOptions { durable: true, ..Default::default() };
    answered(channel.exchange_declare(exchange.into(), ExchangeKind::Topic, options, FieldTable::default())).await
}

/// The queue of a consumer, its dead letters, and the bindings for its event types.
pub(super) async fn declare(
    channel: &Channel,
    exchange: &str,
    queue: &str,
    types: &[&str],
) -> Result<(), TransportError> {
    let dead = dead_queue(queue);
    quorum_queue(channel, &dead, FieldTable::default()).await?;
    let mut arguments = dead_lettering_to(&dead);
    arguments.insert("x-delivery-limit".into(), AMQPValue::LongLongInt(DELIVERY_LIMIT));
    quorum_queue(channel, queue, arguments).await?;
    for event_type in types {
        let options = QueueBindOptions::default();
        let key = (*event_type).into();
        answered(channel.queue_bind(queue.into(), exchange.into(), key, options, FieldTable::default())).await?;
    }
    Ok(())
}

/// The queues where messages of `queue` wait, one per delay. The delay itself is each message's expiration, so that the
/// configuration may change while messages wait.
pub(super) async fn declare_retries(channel: &Channel, queue: &str, delays: usize) -> Result<(), TransportError> {
    for attempts in (1_u32..).take(delays) {
        quorum_queue(channel, &retry_queue(queue, attempts), dead_lettering_to(queue)).await?;
    }
    Ok(())
}

/// Expired or given up messages move to `target`, and leave only once they have safely arrived there.
fn dead_lettering_to(target: &str) -> FieldTable {
    let mut arguments = FieldTable::default();
    arguments.insert("x-dead-letter-exchange".into(), text(""));
    arguments.insert("x-dead-letter-routing-key".into(), text(target));
    arguments.insert("x-dead-letter-strategy".into(), text("at-least-once"));
    arguments.insert("x-overflow".into(), text("reject-publish"));
    arguments
}

async fn quorum_queue(channel: &Channel, name: &str, mut arguments: FieldTable) -> Result<(), TransportError> {
    arguments.insert("x-queue-type".into(), text("quorum"));
    answered(channel.queue_declare(name.into(), QueueDeclareOptions::durable(), arguments)).await?;
    Ok(())
}

fn text(value: &str) -> AMQPValue {
    AMQPValue::LongString(value.into())
}
