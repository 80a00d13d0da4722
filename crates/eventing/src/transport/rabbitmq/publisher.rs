//! A relay's confirmed, mandatory way into the exchange.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use lapin::{Channel, Confirmation, message::BasicReturnMessage, options::BasicPublishOptions};
use uuid::Uuid;

use super::{RabbitMq, answered, confirming_channel, message, queues};
use crate::transport::{Outgoing, TransportError};

/// A channel of one relay.
pub(crate) struct Publisher {
    rabbit: Arc<RabbitMq>,
    channel: Option<Channel>,
    /// Whether the channel has failed us: a broker that lost track of it would confirm nothing on it ever again, however
    /// well its connection looks.
    failed: AtomicBool,
    returned: Mutex<HashSet<Uuid>>,
}

impl Publisher {
    pub(crate) fn new(rabbit: Arc<RabbitMq>) -> Self {
        Self { rabbit, channel: None, failed: AtomicBool::new(false), returned: Mutex::default() }
    }

    /// Opens the channel unless one is open, and forgets what came back before.
    pub(crate) async fn begin(&mut self) -> Result<(), TransportError> {
        self.returned.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        if std::mem::take(self.failed.get_mut()) && self.channel.take().is_some() {
            self.rabbit.forget_connection().await;
        }
        if self.channel.as_ref().is_none_or(|c| !c.status().connected()) {
            self.channel = None;
            let opened = self.open().await;
            if opened.is_err() {
                self.rabbit.forget_connection().await;
            }
            self.channel = Some(opened?);
        }
        Ok(())
    }

    async fn open(&self) -> Result<Channel, TransportError> {
        let connection = self.rabbit.connection().await?;
        let channel = confirming_channel(&connection).await?;
        queues::declare_exchange(&channel, &self.rabbit.config.exchange).await?;
        Ok(channel)
    }

    /// Returns once the broker has confirmed. A message that came back is remembered by its own id: the client hands it to
    /// whichever confirm is next, which may belong to another message of the batch.
    pub(crate) async fn publish(&self, event: &Outgoing) -> Result<(), TransportError> {
        let published = self.publish_and_wait(event).await;
        if published.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        published
    }

    async fn publish_and_wait(&self, event: &Outgoing) -> Result<(), TransportError> {
        let channel = self.channel.as_ref().ok_or(TransportError::Unconfirmed("no channel"))?;
        let properties = message::properties(event.id, &event.event_type, &event.trace);
        let confirming = async {
            let options = BasicPublishOptions { mandatory: true, ..Default::default() };
            let exchange = self.rabbit.config.exchange.as_str().into();
            let key = event.event_type.as_str().into();
            channel.basic_publish(exchange, key, options, &event.envelope, properties).await?.await
        };
        match answered(confirming).await? {
            Confirmation::Ack(returned) => {
                self.remember(returned);
                Ok(())
            }
            Confirmation::Nack(returned) => {
                self.remember(returned);
                Err(TransportError::Unconfirmed("refused"))
            }
            Confirmation::NotRequested => Err(TransportError::Unconfirmed("the channel does not confirm")),
        }
    }

    pub(crate) fn returned(&self) -> HashSet<Uuid> {
        std::mem::take(&mut *self.returned.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn destination(&self, event_type: &str) -> String {
        format!("{}:{event_type}", self.rabbit.config.exchange)
    }

    fn remember(&self, returned: Option<BasicReturnMessage>) {
        if let Some(id) = returned.and_then(|r| message::message_id(&r.delivery.properties)) {
            self.returned.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        }
    }
}
