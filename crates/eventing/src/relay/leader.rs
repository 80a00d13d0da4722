//! The one who publishes a schema's outbox. Reads and marks go through the connection that holds the advisory lock, so
//! whoever has lost the lock can't mark any more.

use std::collections::HashSet;

use futures::{StreamExt as _, stream};
use sqlx::{Connection as _, PgConnection};
use tracing::Instrument as _;

use super::{
    Relay, RelayError,
    rows::{self, OutboxRow},
};
use crate::{TransportError, trace_context::TraceContext, transport::Publisher};

pub(super) struct Leader<'a> {
    relay: &'a Relay,
    connection: PgConnection,
    schema: String,
    publisher: Publisher,
    /// Event types that no queue takes: their events are set aside, in order, until one does.
    parked: HashSet<String>,
}

/// What became of one look at the outbox.
pub(super) struct Batch {
    pub(super) taken: usize,
    pub(super) published: usize,
}

impl<'a> Leader<'a> {
    /// Tries to lead; `None` while another does.
    pub(super) async fn elect(relay: &'a Relay) -> Result<Option<Self>, sqlx::Error> {
        // Detached from the pool: the lock ends with the connection, even if it is dropped halfway.
        let mut connection = relay.pool.acquire().await?.detach();
        let Some(schema) = rows::lock(&mut connection).await? else {
            connection.close().await?;
            return Ok(None);
        };
        let parked = rows::parked_types(&mut connection).await?;
        Ok(Some(Self { relay, connection, schema, publisher: relay.transport.publisher(), parked }))
    }

    /// Lets another lead.
    pub(super) async fn resign(self) -> Result<(), sqlx::Error> {
        self.connection.close().await
    }

    pub(super) fn schema(&self) -> &str {
        &self.schema
    }

    /// Publishes one batch and marks what was taken over, even if some of it was not.
    pub(super) async fn publish(&mut self) -> Result<Batch, RelayError> {
        if !self.parked.is_empty() {
            rows::park_types(&mut self.connection, &self.parked, self.relay.clock.now()).await?;
        }
        let rows = rows::waiting(&mut self.connection, self.relay.config.batch).await?;
        if rows.is_empty() {
            return Ok(Batch { taken: 0, published: 0 });
        }
        let taken = rows.len();
        let (mut sent, failure) = self.send(rows).await;
        let returned = self.publisher.returned();
        let unrouted: Vec<_> = sent.extract_if(.., |row| returned.contains(&row.id)).collect();
        rows::mark(&mut self.connection, &sent, &unrouted, self.relay.clock.now()).await?;
        self.count(&sent, &unrouted);
        match failure {
            Some(failure) => Err(failure.into()),
            None => Ok(Batch { taken, published: sent.len() }),
        }
    }

    /// Tries the oldest event of each parked type; if a queue takes it now, the others of its type follow.
    pub(super) async fn release_parked(&mut self) -> Result<(), RelayError> {
        for event_type in self.parked.clone() {
            let Some(row) = rows::oldest_parked(&mut self.connection, &event_type).await? else {
                self.parked.remove(&event_type);
                continue;
            };
            let (sent, failure) = self.send(vec![row]).await;
            if let Some(failure) = failure {
                return Err(failure.into());
            }
            if self.publisher.returned().is_empty() {
                rows::mark(&mut self.connection, &sent, &[], self.relay.clock.now()).await?;
                rows::unpark(&mut self.connection, &event_type).await?;
                self.count(&sent, &[]);
                self.parked.remove(&event_type);
                tracing::info!(event_type, "a queue takes this type now: parked events are published");
            }
        }
        Ok(())
    }

    /// Tries parked types again, sets the gauges, deletes what is old.
    pub(super) async fn maintain(&mut self) -> Result<(), RelayError> {
        self.release_parked().await?;
        let config = &self.relay.config;
        let now = self.relay.clock.now();
        let (published, parked) = rows::prune(&mut self.connection, now, config).await?;
        if published > 0 {
            tracing::debug!(rows = published, schema = self.schema, "old outbox rows deleted");
        }
        if parked > 0 {
            tracing::warn!(rows = parked, schema = self.schema, "events deleted that no queue has taken for long");
        }
        let gauges = rows::gauges(&mut self.connection).await?;
        metrics::gauge!("tandem_outbox_unpublished", "schema" => self.schema.clone()).set(gauges.unpublished);
        metrics::gauge!("tandem_outbox_parked", "schema" => self.schema.clone()).set(gauges.parked);
        metrics::gauge!("tandem_outbox_oldest_seconds", "schema" => self.schema.clone()).set(gauges.oldest_seconds);
        Ok(())
    }

    /// Sends rows, many at once but those of one aggregate one after the other; after a failure the rest of its aggregate
    /// waits for the next batch. Answers what the transport has taken over or sent back, and the first failure.
    async fn send(&mut self, rows: Vec<OutboxRow>) -> (Vec<OutboxRow>, Option<TransportError>) {
        if let Err(failure) = self.publisher.begin().await {
            return (Vec::new(), Some(failure));
        }
        let this = &*self;
        let window = this.relay.config.window.max(1);
        let outcomes =
            stream::iter(rows::by_aggregate(rows)).map(|group| this.send_in_order(group)).buffer_unordered(window);
        let outcomes: Vec<_> = outcomes.collect().await;
        let (mut sent, mut failure) = (Vec::new(), None);
        for (group, failed) in outcomes {
            sent.extend(group);
            failure = failure.or(failed);
        }
        match self.publisher.finish().await {
            Ok(()) => (sent, failure),
            Err(failure) => (Vec::new(), Some(failure)),
        }
    }

    async fn send_in_order(&self, rows: Vec<OutboxRow>) -> (Vec<OutboxRow>, Option<TransportError>) {
        let mut sent = Vec::with_capacity(rows.len());
        for row in rows {
            if let Err(failure) = self.send_one(&row).await {
                return (sent, Some(failure));
            }
            sent.push(row);
        }
        (sent, None)
    }

    async fn send_one(&self, row: &OutboxRow) -> Result<(), TransportError> {
        let destination = self.publisher.destination(&row.event_type);
        let span = tracing::info_span!(
            "publish",
            otel.name = format!("publish {destination}"),
            otel.kind = "producer",
            "messaging.system" = self.relay.transport.system(),
            "messaging.operation.name" = "publish",
            "messaging.operation.type" = "send",
            "messaging.destination.name" = destination,
            "messaging.message.id" = %row.id,
        );
        row.trace.adopt(&span);
        let event = row.outgoing(&self.relay.province, TraceContext::of(&span));
        self.publisher.publish(event).instrument(span).await
    }

    fn count(&mut self, sent: &[OutboxRow], unrouted: &[OutboxRow]) {
        for row in sent {
            metrics::counter!("tandem_events_published_total", "type" => row.event_type.clone()).increment(1);
        }
        for row in unrouted {
            metrics::counter!("tandem_events_returned_total", "type" => row.event_type.clone()).increment(1);
            if self.parked.insert(row.event_type.clone()) {
                tracing::warn!(event_type = row.event_type, "no queue takes this type: its events are parked");
            }
        }
    }
}
