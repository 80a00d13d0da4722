//! What becomes of a delivery: acknowledged, put off, or laid among the dead letters.

use std::time::Duration;

use jiff::Timestamp;
use lapin::{
    BasicProperties, Channel, Confirmation, Connection, message::Delivery, options::BasicPublishOptions,
    types::AMQPValue,
};
use tokio::sync::Mutex;

use super::{acknowledge, answered, confirming_channel, message, queues};
use crate::{handling::Settlement, transport::TransportError};

/// Moves messages between queues: confirmed first, acknowledged then, so that a crash between the two doubles a message and
/// never loses one.
pub(super) struct Mover {
    // One message at a time: only so does a returned message belong to the confirm that it comes with.
    channel: Mutex<Channel>,
}

impl Mover {
    pub(super) async fn open(connection: &Connection) -> Result<Self, TransportError> {
        Ok(Self { channel: Mutex::new(confirming_channel(connection).await?) })
    }

    /// Does what the settlement says. An abandoned delivery is left to the broker, which delivers it again.
    pub(super) async fn settle(
        &self,
        queue: &str,
        delivery: &Delivery,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<(), TransportError> {
        match settlement {
            Settlement::Abandon => return Ok(()),
            Settlement::Done => {}
            Settlement::Later { delay, attempts } => self.put_off(queue, delivery, delay, attempts).await?,
            Settlement::Dead { reason, attempts } => {
                let headers = vec![
                    (message::ATTEMPTS, AMQPValue::LongLongInt(attempts.into())),
                    (message::REASON, AMQPValue::LongString(reason.into())),
                    (message::DIED_AT, AMQPValue::LongString(now.to_string().into())),
                ];
                let properties = message::moved_on(&delivery.properties, headers);
                self.send(&queues::dead_queue(queue), &delivery.data, properties).await?;
            }
        }
        acknowledge(delivery).await
    }

    /// Sends a message straight to a queue.
    pub(super) async fn send(
        &self,
        queue: &str,
        data: &[u8],
        properties: BasicProperties,
    ) -> Result<(), TransportError> {
        let channel = self.channel.lock().await;
        let confirming = async {
            let options = BasicPublishOptions { mandatory: true, ..Default::default() };
            channel.basic_publish("".into(), queue.into(), options, data, properties).await?.await
        };
        match answered(confirming).await? {
            Confirmation::Ack(None) => Ok(()),
            Confirmation::Ack(Some(_)) => Err(TransportError::NoQueue(queue.to_owned())),
            Confirmation::Nack(_) | Confirmation::NotRequested => Err(TransportError::Unconfirmed("refused")),
        }
    }

    async fn put_off(
        &self,
        queue: &str,
        delivery: &Delivery,
        delay: Duration,
        attempts: u32,
    ) -> Result<(), TransportError> {
        let headers = vec![(message::ATTEMPTS, AMQPValue::LongLongInt(attempts.into()))];
        let properties =
            message::moved_on(&delivery.properties, headers).with_expiration(delay.as_millis().to_string().into());
        self.send(&queues::retry_queue(queue, attempts), &delivery.data, properties).await
    }
}
