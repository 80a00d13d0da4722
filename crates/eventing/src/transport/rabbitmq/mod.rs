//! Events through RabbitMQ: one topic exchange, one quorum queue per consumer, bound to the event types that it takes.

mod dead;
mod encrypted;
mod message;
mod publisher;
mod queues;
mod server;
mod settle;
mod take_over;

use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

use lapin::{
    Channel, Connection, ConnectionProperties,
    message::Delivery,
    options::{BasicAckOptions, ConfirmSelectOptions},
    uri::{AMQPScheme, AMQPUri},
};
use tokio::sync::Mutex;

pub(crate) use self::{
    dead::{list as list_dead, replay as replay_dead},
    publisher::Publisher,
    server::serve,
    take_over::take_over,
};
use crate::{transport::TransportError, trust};

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the broker may take to answer or to confirm; past that, the connection counts as broken.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
/// How long an acknowledgement, which nobody answers, may take to be written.
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);
/// Seconds between heartbeats, unless the address says otherwise: a peer that vanished is noticed after twice that.
const HEARTBEAT_SECS: u16 = 10;

/// Which broker, and how to use it.
#[derive(Clone)]
pub struct RabbitMqConfig {
    /// `amqp://user:password@host:port/vhost`, or `amqps://` for an encrypted connection; may carry `?heartbeat=` in seconds.
    pub url: String,
    /// Certificates of the authorities, in PEM, one of which must have issued the broker's. Read at each connection, so that
    /// an authority can be replaced while we run. Without, the authorities that browsers trust.
    pub ca_file: Option<PathBuf>,
    /// The topic exchange that all events of a province go through.
    pub exchange: String,
    /// Messages that the broker may send ahead.
    pub prefetch: u16,
}

impl RabbitMqConfig {
    /// The broker at `url`, with the usual exchange and prefetch.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), ca_file: None, exchange: "tandem.events".to_owned(), prefetch: 500 }
    }
}

impl fmt::Debug for RabbitMqConfig {
    /// Leaves the address out, which holds a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RabbitMqConfig")
            .field("exchange", &self.exchange)
            .field("prefetch", &self.prefetch)
            .finish_non_exhaustive()
    }
}

/// A broker, and the connection that publishers share.
pub(crate) struct RabbitMq {
    pub(crate) config: RabbitMqConfig,
    shared: Mutex<Option<Arc<Connection>>>,
}

impl RabbitMq {
    pub(crate) fn new(config: RabbitMqConfig) -> Self {
        Self { config, shared: Mutex::new(None) }
    }

    /// The shared connection, made anew if it broke.
    pub(crate) async fn connection(&self) -> Result<Arc<Connection>, TransportError> {
        let mut shared = self.shared.lock().await;
        if let Some(connection) = shared.as_ref().filter(|c| c.status().connected()) {
            return Ok(Arc::clone(connection));
        }
        let connection = Arc::new(self.connect("publisher").await?);
        *shared = Some(Arc::clone(&connection));
        Ok(connection)
    }

    /// Lets the shared connection go, which did not answer: it may be dead and not know it.
    pub(crate) async fn forget_connection(&self) {
        *self.shared.lock().await = None;
    }

    /// A connection of one's own.
    pub(crate) async fn connect(&self, purpose: &str) -> Result<Connection, TransportError> {
        let mut uri: AMQPUri = self.config.url.parse().map_err(TransportError::Address)?;
        uri.query.heartbeat.get_or_insert(HEARTBEAT_SECS);
        let properties = ConnectionProperties::default().with_connection_name(format!("tandem {purpose}").into());
        let connection = async {
            if uri.scheme == AMQPScheme::AMQP {
                return Ok(Connection::connect_uri(uri, properties).await?);
            }
            Ok(encrypted::connect(uri, properties, self.trust().await?).await?)
        };
        tokio::time::timeout(CONNECT_TIMEOUT, connection)
            .await
            .map_err(|_| TransportError::Unconfirmed("no connection in time"))?
    }

    async fn trust(&self) -> Result<rustls::ClientConfig, TransportError> {
        let Some(file) = &self.config.ca_file else { return Ok(trust::client(None)?) };
        let missing = |cause| TransportError::NoAuthority { file: file.clone(), cause };
        let pem = tokio::fs::read(file).await.map_err(missing)?;
        Ok(trust::client(Some(&pem))?)
    }

    /// Declares a queue, with what belongs to it and a binding for each type that it takes.
    pub(crate) async fn declare_queue(&self, queue: &str, types: &[&str]) -> Result<(), TransportError> {
        let channel = answered(self.connection().await?.create_channel()).await?;
        queues::declare_exchange(&channel, &self.config.exchange).await?;
        queues::declare(&channel, &self.config.exchange, queue, types).await?;
        answered(channel.close(200, "done".into())).await
    }
}

/// A channel whose publishes are confirmed.
pub(super) async fn confirming_channel(connection: &Connection) -> Result<Channel, TransportError> {
    let channel = answered(connection.create_channel()).await?;
    answered(channel.confirm_select(ConfirmSelectOptions::default())).await?;
    Ok(channel)
}

/// What the broker answers, but not waited for without end: a call that is made while its connection breaks may come too
/// late for the client to refuse it, and is then never answered. Whoever waited for it would not connect again.
pub(super) async fn answered<T>(call: impl Future<Output = Result<T, lapin::Error>>) -> Result<T, TransportError> {
    within(ANSWER_TIMEOUT, call).await
}

/// Acknowledges a delivery, for which the same holds.
pub(super) async fn acknowledge(delivery: &Delivery) -> Result<(), TransportError> {
    within(WRITE_TIMEOUT, delivery.ack(BasicAckOptions::default())).await?;
    Ok(())
}

async fn within<T>(limit: Duration, call: impl Future<Output = Result<T, lapin::Error>>) -> Result<T, TransportError> {
    let answer = tokio::time::timeout(limit, call).await;
    Ok(answer.map_err(|_| TransportError::Unconfirmed("no answer in time"))??)
}
