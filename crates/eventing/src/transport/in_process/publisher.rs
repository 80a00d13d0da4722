//! Into the queues' tables.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use uuid::Uuid;

use super::InProcess;
use crate::transport::{Outgoing, TransportError};

/// Puts events into the tables of the registered queues.
pub(crate) struct Publisher {
    transport: Arc<InProcess>,
    returned: Mutex<HashSet<Uuid>>,
}

impl Publisher {
    pub(crate) fn new(transport: Arc<InProcess>) -> Self {
        Self { transport, returned: Mutex::default() }
    }

    /// Commits the event into each queue of its type. One that is there already, from a relay that died before its mark,
    /// stays as it is.
    pub(crate) async fn publish(&self, event: &Outgoing) -> Result<(), TransportError> {
        let mut queues = self.transport.queues();
        queues.retain(|q| q.event_type == event.event_type);
        if queues.is_empty() {
            self.returned.lock().unwrap_or_else(PoisonError::into_inner).insert(event.id);
        }
        for queue in queues {
            sqlx::query(
                "insert into queue_message (queue, event_id, envelope, traceparent, tracestate)
                 values ($1, $2, $3, $4, $5) on conflict do nothing",
            )
            .bind(&queue.name)
            .bind(event.id)
            .bind(&event.envelope)
            .bind(&event.trace.traceparent)
            .bind(&event.trace.tracestate)
            .execute(&queue.pool)
            .await?;
        }
        self.transport.wake();
        Ok(())
    }

    pub(crate) fn returned(&self) -> HashSet<Uuid> {
        std::mem::take(&mut *self.returned.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
