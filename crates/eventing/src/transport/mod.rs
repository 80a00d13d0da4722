//! What carries events from relay to consumer: a broker, or a table when all services live in one process.

mod backoff;
mod dead_letter;
pub(crate) mod in_process;
pub(crate) mod rabbitmq;

use std::{collections::HashSet, path::PathBuf, sync::Arc, time::Duration};

use sqlx::PgPool;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub(crate) use self::{backoff::Backoff, in_process::InProcess, rabbitmq::RabbitMq};
pub use self::{dead_letter::DeadLetter, rabbitmq::RabbitMqConfig};
use crate::{Consumers, Topology, handling::Engine, trace_context::TraceContext, trust::TrustError};

/// A handle on what carries the events; cheap to clone.
#[derive(Clone)]
pub struct Transport(pub(crate) Kind);

#[derive(Clone)]
pub(crate) enum Kind {
    RabbitMq(Arc<RabbitMq>),
    InProcess(Arc<InProcess>),
}

/// Why something could not be carried.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The broker refused or is away.
    #[error("the broker: {0}")]
    Broker(#[from] lapin::Error),
    /// The address of the broker can't be read.
    #[error("the broker's address: {0}")]
    Address(String),
    /// The file of authorities that may have issued the broker's certificate can't be read.
    #[error("the broker's authority, {}: {cause}", .file.display())]
    NoAuthority {
        /// Which file.
        file: PathBuf,
        /// What reading it met.
        cause: std::io::Error,
    },
    /// That file does not hold what it should.
    #[error("the broker's authority: {0}")]
    Trust(#[from] TrustError),
    /// The broker did not take a message over.
    #[error("the broker did not take the message over: {0}")]
    Unconfirmed(&'static str),
    /// A queue that should be there is not.
    #[error("the queue {0} is not there")]
    NoQueue(String),
    /// The database of an in-process queue failed.
    #[error("the queue's database: {0}")]
    Database(#[from] sqlx::Error),
}

impl Transport {
    /// Events through RabbitMQ. Connects when needed and reconnects for ever.
    #[must_use]
    pub fn rabbitmq(config: RabbitMqConfig) -> Self {
        Self(Kind::RabbitMq(Arc::new(RabbitMq::new(config))))
    }

    /// Events through a table in each consumer's schema: as durable as a broker, for services that share a process.
    /// All consumers are made before the first relay runs.
    #[must_use]
    pub fn in_process() -> Self {
        Self(Kind::InProcess(Arc::new(InProcess::default())))
    }

    /// Declares the queues of services that may not have started yet, so that nothing published before their first start
    /// is missed, and moves what waits in queues by which events came before: a step of migrating a province. Does nothing
    /// in process. Answers how many former queues are still in use by running servers, which go on with the move.
    ///
    /// # Errors
    /// If the broker is away or refuses.
    pub async fn declare(&self, topologies: &[&Topology]) -> Result<usize, TransportError> {
        let Kind::RabbitMq(rabbit) = &self.0 else { return Ok(0) };
        let mut left = 0;
        for topology in topologies {
            if let Some(queue) = topology.queue() {
                rabbit.declare_queue(&queue, topology.consumes).await?;
                left += rabbitmq::take_over(rabbit, topology.service, &queue, topology.consumes).await?;
            }
        }
        Ok(left)
    }

    /// Whether events can be handed over now: the broker answers. Always, in process.
    pub async fn is_reachable(&self) -> bool {
        match &self.0 {
            Kind::RabbitMq(rabbit) => rabbit.connection().await.is_ok(),
            Kind::InProcess(_) => true,
        }
    }

    /// Registers the in-process queue of a consumer.
    pub(crate) fn register(&self, pool: &PgPool, consumers: &Consumers) {
        if let Kind::InProcess(in_process) = &self.0 {
            in_process.register(pool, consumers);
        }
    }

    /// The name by OpenTelemetry's conventions.
    pub(crate) const fn system(&self) -> &'static str {
        match &self.0 {
            Kind::RabbitMq(_) => "rabbitmq",
            Kind::InProcess(_) => "in_process",
        }
    }

    pub(crate) fn publisher(&self) -> Publisher {
        match &self.0 {
            Kind::RabbitMq(rabbit) => Publisher::RabbitMq(rabbitmq::Publisher::new(Arc::clone(rabbit))),
            Kind::InProcess(in_process) => Publisher::InProcess(in_process::Publisher::new(Arc::clone(in_process))),
        }
    }

    pub(crate) async fn serve(&self, serve: Serve) {
        if serve.engine.consumers.types().is_empty() {
            serve.subscribed.send_replace(true);
            return serve.stop.cancelled().await;
        }
        match &self.0 {
            Kind::RabbitMq(rabbit) => rabbitmq::serve(rabbit, serve).await,
            Kind::InProcess(in_process) => in_process::serve(in_process, serve).await,
        }
    }
}

/// What a transport needs to serve a consumer.
pub(crate) struct Serve {
    pub(crate) engine: Arc<Engine>,
    pub(crate) batch: usize,
    pub(crate) concurrency: usize,
    pub(crate) poll_interval: Duration,
    pub(crate) subscribed: watch::Sender<bool>,
    pub(crate) stop: CancellationToken,
}

/// An event on its way out.
pub(crate) struct Outgoing {
    pub(crate) id: Uuid,
    pub(crate) event_type: String,
    pub(crate) envelope: Vec<u8>,
    pub(crate) trace: TraceContext,
}

/// One relay's way out. Events are published many at a time; what came back because no queue takes it is known when all
/// of a batch have been answered.
pub(crate) enum Publisher {
    RabbitMq(rabbitmq::Publisher),
    InProcess(in_process::Publisher),
}

impl Publisher {
    /// Gets ready for a batch.
    pub(crate) async fn begin(&mut self) -> Result<(), TransportError> {
        match self {
            Self::RabbitMq(publisher) => publisher.begin().await,
            Self::InProcess(_) => Ok(()),
        }
    }

    /// Takes the event over: it is safe with the transport, or has come back, once this and [`Publisher::finish`] have
    /// returned.
    pub(crate) async fn publish(&self, event: Outgoing) -> Result<(), TransportError> {
        match self {
            Self::RabbitMq(publisher) => publisher.publish(&event).await,
            Self::InProcess(publisher) => publisher.publish(event),
        }
    }

    /// Hands over what the transport takes a batch at a time.
    pub(crate) async fn finish(&mut self) -> Result<(), TransportError> {
        match self {
            Self::RabbitMq(_) => Ok(()),
            Self::InProcess(publisher) => publisher.finish().await,
        }
    }

    /// The ids of the batch's events that no queue takes.
    pub(crate) fn returned(&mut self) -> HashSet<Uuid> {
        match self {
            Self::RabbitMq(publisher) => publisher.returned(),
            Self::InProcess(publisher) => publisher.returned(),
        }
    }

    /// Where an event type goes, by OpenTelemetry's conventions.
    pub(crate) fn destination(&self, event_type: &str) -> String {
        match self {
            Self::RabbitMq(publisher) => publisher.destination(event_type),
            Self::InProcess(_) => event_type.to_owned(),
        }
    }
}
