//! What waits in the queues by which a service's events came before it had one queue: `<service>.<event type>`, with the
//! messages that wait there for another attempt and the dead letters.

use lapin::{
    Channel, Connection,
    options::{BasicGetOptions, QueueDeclareOptions, QueueDeleteOptions},
    types::FieldTable,
};

use super::{RabbitMq, acknowledge, answered, message, queues, settle::Mover};
use crate::transport::TransportError;

/// As many attempts as a message may have had in a former queue.
const FORMER_RETRIES: u32 = 9;

/// Lets nothing new into the former queues of a service, moves what waits in them to `queue`, which is declared, and deletes
/// those that nobody consumes from any more. Answers how many are left. It may be done twice, and at the same time: an event
/// that comes by two queues is in the inbox once, and a message is moved before it is acknowledged.
pub(crate) async fn take_over(
    rabbit: &RabbitMq,
    service: &str,
    queue: &str,
    types: &[&str],
) -> Result<usize, TransportError> {
    let connection = rabbit.connection().await?;
    let mover = Mover::open(&connection).await?;
    let mut left = 0;
    for event_type in types {
        let former = format!("{service}.{event_type}");
        let Some(channel) = channel_if_there(&connection, &former).await? else { continue };
        let (name, exchange) = (former.as_str().into(), rabbit.config.exchange.as_str().into());
        answered(channel.queue_unbind(name, exchange, (*event_type).into(), FieldTable::default())).await?;
        if is_consumed(&channel, &former).await? {
            left += 1;
            continue;
        }
        // Nobody takes from it any more. What waits for another attempt goes first: it would expire into the former queue.
        for attempts in 1..=FORMER_RETRIES {
            let retry = queues::retry_queue(&former, attempts);
            let Some(channel) = channel_if_there(&connection, &retry).await? else { break };
            move_all(&channel, &mover, &retry, queue).await?;
            delete(&channel, &retry).await?;
        }
        move_all(&channel, &mover, &former, queue).await?;
        delete(&channel, &former).await?;
        let dead = queues::dead_queue(&former);
        if let Some(channel) = channel_if_there(&connection, &dead).await? {
            move_all(&channel, &mover, &dead, &queues::dead_queue(queue)).await?;
            delete(&channel, &dead).await?;
        }
        tracing::info!(queue = former, "a former queue was taken over");
    }
    Ok(left)
}

/// A channel, if the queue is there; asking for one that is not costs the channel.
async fn channel_if_there(connection: &Connection, queue: &str) -> Result<Option<Channel>, TransportError> {
    let channel = answered(connection.create_channel()).await?;
    let passive = QueueDeclareOptions { passive: true, ..Default::default() };
    match answered(channel.queue_declare(queue.into(), passive, FieldTable::default())).await {
        Ok(_) => Ok(Some(channel)),
        Err(_) if connection.status().connected() => Ok(None),
        Err(error) => Err(error),
    }
}

async fn is_consumed(channel: &Channel, queue: &str) -> Result<bool, TransportError> {
    let passive = QueueDeclareOptions { passive: true, ..Default::default() };
    let found = answered(channel.queue_declare(queue.into(), passive, FieldTable::default())).await?;
    Ok(found.consumer_count() > 0)
}

async fn move_all(channel: &Channel, mover: &Mover, from: &str, to: &str) -> Result<(), TransportError> {
    while let Some(got) = answered(channel.basic_get(from.into(), BasicGetOptions::default())).await? {
        mover.send(to, &got.delivery.data, message::carried(&got.delivery.properties)).await?;
        acknowledge(&got.delivery).await?;
    }
    Ok(())
}

async fn delete(channel: &Channel, queue: &str) -> Result<(), TransportError> {
    answered(channel.queue_delete(queue.into(), QueueDeleteOptions::default())).await?;
    Ok(())
}
