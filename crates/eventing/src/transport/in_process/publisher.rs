//! Into the queues' tables.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use uuid::Uuid;

use super::{InProcess, Queue};
use crate::transport::{Outgoing, TransportError};

/// Puts events into the tables of the registered queues.
pub(crate) struct Publisher {
    transport: Arc<InProcess>,
    batch: Mutex<Vec<Outgoing>>,
    returned: HashSet<Uuid>,
}

impl Publisher {
    pub(crate) fn new(transport: Arc<InProcess>) -> Self {
        Self { transport, batch: Mutex::default(), returned: HashSet::new() }
    }

    /// Lays the event with the others of its batch.
    pub(crate) fn publish(&self, event: Outgoing) -> Result<(), TransportError> {
        self.batch.lock().unwrap_or_else(PoisonError::into_inner).push(event);
        Ok(())
    }

    /// Commits the batch into each queue that takes something of it, by one statement. What is there already, from a relay
    /// that died before its mark, stays as it is.
    pub(crate) async fn finish(&mut self) -> Result<(), TransportError> {
        let batch = std::mem::take(self.batch.get_mut().unwrap_or_else(PoisonError::into_inner));
        let queues = self.transport.queues();
        let is_taken = |event: &&Outgoing| queues.iter().any(|q| q.types.contains(&event.event_type.as_str()));
        self.returned = batch.iter().filter(|event| !is_taken(event)).map(|event| event.id).collect();
        for queue in &queues {
            let events = batch.iter().filter(|event| queue.types.contains(&event.event_type.as_str()));
            let events: Vec<_> = events.collect();
            if !events.is_empty() {
                insert(queue, &events).await?;
                queue.wake();
            }
        }
        Ok(())
    }

    pub(crate) fn returned(&mut self) -> HashSet<Uuid> {
        std::mem::take(&mut self.returned)
    }
}

async fn insert(queue: &Queue, events: &[&Outgoing]) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into queue_message (queue, event_id, envelope, traceparent, tracestate)
         select $1, * from unnest($2::uuid[], $3::bytea[], $4::text[], $5::text[]) on conflict do nothing",
    )
    .bind(&queue.name)
    .bind(events.iter().map(|event| event.id).collect::<Vec<_>>())
    .bind(events.iter().map(|event| event.envelope.as_slice()).collect::<Vec<_>>())
    .bind(events.iter().map(|event| event.trace.traceparent.as_deref()).collect::<Vec<_>>())
    .bind(events.iter().map(|event| event.trace.tracestate.as_deref()).collect::<Vec<_>>())
    .execute(&queue.pool)
    .await?;
    Ok(())
}
