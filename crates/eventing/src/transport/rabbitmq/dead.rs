//! Dead letters of the broker's queues. They are fetched without acknowledgement and go back when the channel closes.

use jiff::Timestamp;
use kernel::EventId;
use lapin::{Channel, message::Delivery, options::BasicGetOptions};

use super::{RabbitMq, acknowledge, answered, message, queues, settle::Mover};
use crate::{
    envelope,
    transport::{DeadLetter, TransportError},
};

/// The dead letters of `queue`, oldest first.
pub(crate) async fn list(rabbit: &RabbitMq, queue: &str) -> Result<Vec<DeadLetter>, TransportError> {
    let channel = answered(rabbit.connection().await?.create_channel()).await?;
    let letters = fetch_all(&channel, queue).await?.iter().map(|delivery| letter(queue, delivery)).collect();
    answered(channel.close(200, "looked at".into())).await?;
    Ok(letters)
}

/// Sends dead letters of `queue` back to it; answers how many.
pub(crate) async fn replay(rabbit: &RabbitMq, queue: &str, id: Option<EventId>) -> Result<u64, TransportError> {
    let connection = rabbit.connection().await?;
    let channel = answered(connection.create_channel()).await?;
    let mover = Mover::open(&connection).await?;
    let mut count = 0;
    for delivery in fetch_all(&channel, queue).await? {
        if id.is_none() || event_id(&delivery) == id {
            let properties = message::moved_on(&delivery.properties, Vec::new());
            mover.send(queue, &delivery.data, properties).await?;
            acknowledge(&delivery).await?;
            count += 1;
        }
    }
    answered(channel.close(200, "replayed".into())).await?;
    Ok(count)
}

async fn fetch_all(channel: &Channel, queue: &str) -> Result<Vec<Delivery>, TransportError> {
    let dead = queues::dead_queue(queue);
    let mut deliveries = Vec::new();
    while let Some(got) = answered(channel.basic_get(dead.as_str().into(), BasicGetOptions::default())).await? {
        deliveries.push(got.delivery);
    }
    Ok(deliveries)
}

fn letter(queue: &str, delivery: &Delivery) -> DeadLetter {
    let properties = &delivery.properties;
    DeadLetter {
        queue: queue.to_owned(),
        event_id: event_id(delivery),
        event_type: envelope::decode(&delivery.data).ok().map(|e| e.r#type).filter(|t| !t.is_empty()),
        reason: message::header(properties, message::REASON)
            .unwrap_or_else(|| "delivered too often without an answer: its handler ends the process".to_owned()),
        attempts: message::attempts(properties),
        died_at: message::header(properties, message::DIED_AT).and_then(|at| at.parse::<Timestamp>().ok()),
    }
}

fn event_id(delivery: &Delivery) -> Option<EventId> {
    let within = || envelope::decode(&delivery.data).ok().and_then(|e| e.id.parse().ok());
    message::message_id(&delivery.properties).or_else(within).map(EventId::from)
}
